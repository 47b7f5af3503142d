import {button, element} from "./element.js";
import {mergeProgress, parseProgress, readProgress, serializeProgress, setMastered, writeProgress} from "./progress.js";

/**
 * Brings the programme's boxes to life: what is ticked stays in the browser, each week says how far it is, and all of
 * it can be exported and imported. May run again after the page was patched.
 */
export function trackProgress(root: ParentNode = document): void {
  const boxes = [...root.querySelectorAll<HTMLInputElement>("input[data-mastered]")];
  const show = () => showProgress(root, boxes);
  for (const box of boxes) {
    box.disabled = false;
    box.onchange = () => {
      setMastered(box.dataset.mastered!, box.checked);
      show();
    };
  }
  addEventListener("storage", show);
  root.querySelector("[data-progress-tools]")?.replaceChildren(...tools(show));
  show();
}

function showProgress(root: ParentNode, boxes: HTMLInputElement[]): void {
  const {exercises, mastered} = readProgress();
  for (const box of boxes) box.checked = box.dataset.mastered! in mastered;
  for (const week of root.querySelectorAll("[data-week]")) {
    const own = boxes.filter((box) => week.contains(box));
    week.querySelector("[data-progress]")?.replaceChildren(...bar(own.filter((box) => box.checked).length, own.length));
  }
  const solved = Object.values(exercises).filter((state) => state.solved).length;
  const total = root.querySelector("[data-progress-total]");
  const done = boxes.filter((box) => box.checked).length;
  if (total) total.textContent = `${done} of ${boxes.length} mastered, ${solved} exercises solved.`;
}

function bar(done: number, all: number): Node[] {
  const meter = element("progress", {max: all, value: done, "aria-label": "mastered"});
  return [meter, element("span", {}, `${done} of ${all} mastered`)];
}

function tools(show: () => void): Node[] {
  const message = element("output", {});
  const total = element("span", {"data-progress-total": true});
  const file = element("input", {type: "file", accept: ".json,application/json", hidden: true, tabindex: -1});
  file.onchange = async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      writeProgress(mergeProgress(readProgress(), parseProgress(await chosen.text())));
      message.value = `Imported ${chosen.name}.`;
    } catch (error) {
      message.value = `${chosen.name} was not imported. ${(error as Error).message}`;
    }
    file.value = "";
    show();
  };
  return [total, button("Export progress", download), button("Import progress", () => file.click()), file, message];
}

function download(): void {
  const url = URL.createObjectURL(new Blob([serializeProgress(readProgress())], {type: "application/json"}));
  element("a", {href: url, download: "progress.json"}).click();
  URL.revokeObjectURL(url);
}
