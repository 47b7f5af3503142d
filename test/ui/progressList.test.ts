// @vitest-environment jsdom
import {beforeEach, expect, test, vi} from "vitest";
import {readProgress, serializeProgress, setMastered} from "../../src/components/ui/progress.js";
import {trackProgress} from "../../src/components/ui/progressList.js";

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML = `<div data-progress-tools></div>${["week-1", "week-2"]
    .map(
      (week) => `<section data-week="${week}"><p data-progress></p>
        <input type="checkbox" data-mastered="${week}/a" disabled><input type="checkbox" data-mastered="${week}/b" disabled></section>`
    )
    .join("")}`;
});
const box = (id: string) => document.querySelector<HTMLInputElement>(`[data-mastered="${id}"]`)!;
const said = (selector: string) => document.querySelector(selector)!.textContent;

test("boxes come to life with what was ticked before, and each week counts its own", () => {
  setMastered("week-1/a", true);
  trackProgress();
  expect(box("week-1/a").checked).toBe(true);
  expect(box("week-2/a").disabled).toBe(false);
  expect(said("[data-week=week-1] [data-progress]")).toBe("1 of 2 mastered");
  expect(said("[data-week=week-2] [data-progress]")).toBe("0 of 2 mastered");
});

test("a tick is kept and counted at once, also when the page was patched in between", () => {
  trackProgress();
  trackProgress();
  box("week-2/b").click();
  expect(Object.keys(readProgress().mastered)).toEqual(["week-2/b"]);
  expect(said("[data-week=week-2] [data-progress]")).toBe("1 of 2 mastered");
  expect(said("[data-progress-total]")).toBe("1 of 4 mastered, 0 exercises solved.");
});

test("an imported file adds to what is here, and a wrong one changes nothing and says why", async () => {
  setMastered("week-1/a", true);
  trackProgress();
  const input = document.querySelector<HTMLInputElement>("input[type=file]")!;
  const choose = (name: string, text: string) => {
    const file = Object.assign(new File([text], name), {text: async () => text});
    Object.defineProperty(input, "files", {value: [file], configurable: true});
    input.dispatchEvent(new Event("change"));
  };
  choose("mine.json", serializeProgress({mastered: {"week-2/a": "2025-01-01"}, exercises: {}}));
  await vi.waitFor(() => expect(said("output")).toBe("Imported mine.json."), {timeout: 20_000});
  expect([box("week-1/a").checked, box("week-2/a").checked]).toEqual([true, true]);
  choose("photo.png", "PNG");
  await vi.waitFor(() => expect(said("output")).toContain("photo.png was not imported. parseProgress: expected JSON"), {
    timeout: 20_000
  });
  expect(Object.keys(readProgress().mastered).sort()).toEqual(["week-1/a", "week-2/a"]);
});
