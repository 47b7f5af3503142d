// @vitest-environment jsdom
import {beforeEach, expect, test, vi} from "vitest";
import type {Equation} from "../../src/components/math/equation.js";
import {badges} from "../../src/components/ui/badges.js";

const line = (name: string, kind = "result") =>
  `<div class="equation" id="eq-${name}" data-kind="${kind}"><a class="equation-number">(1)</a></div>`;
const square = (name: string, factor = 2): Equation => {
  const compare = (times: number) => (rng: {next(): number}) => {
    const x = 1 + rng.next();
    return {got: times * x, expected: 2 * x, within: 1e-12};
  };
  return {name, says: "2x against 2x", compare: compare(factor), mutation: {says: "3 for 2", compare: compare(3)}};
};
const sumOf = async (equations: Equation[]) => {
  const root = badges(equations);
  document.body.append(root);
  await vi.waitFor(() => expect(root.dataset.check).toBeDefined(), {timeout: 20_000});
  return root;
};
const badgeOf = (name: string) => document.querySelector<HTMLButtonElement>(`#eq-${name} .equation-badge`)!;
const panelOf = (name: string) => document.querySelector<HTMLElement>(`#eq-${name}-checked`)!;

beforeEach(() => (document.body.innerHTML = line("a") + line("b") + line("c", "definition")));

test("each equation gets a badge, and the sum says how many hold", async () => {
  const root = await sumOf([square("a"), square("b"), square("b")]);
  expect(root.dataset.check).toBe("pass");
  expect(root.textContent).toContain("2 of 2 equations hold here; worst relative to tolerance 0");
  expect(badgeOf("a").dataset.check).toBe("pass");
  expect(badgeOf("c")).toBeNull();
});

test("an equation is red when one of its entries fails, and so is the sum, which names it", async () => {
  const root = await sumOf([square("a"), square("b"), square("b", 2.5)]);
  expect(badgeOf("b").dataset.check).toBe("fail");
  expect(root.dataset.check).toBe("fail");
  expect(root.textContent).toContain("1 of 2 equations hold here; worst");
  expect(root.textContent).toContain("not: b");
});

test("a result without a check and a check without its equation are red", async () => {
  expect((await sumOf([square("a")])).textContent).toContain("missing: b");
  document.body.innerHTML = line("a");
  const root = await sumOf([square("a"), square("z")]);
  expect([root.dataset.check, root.textContent]).toEqual(["fail", expect.stringContaining("missing: z")]);
});

test("a badge opens on what was compared, the mistake that must fail, and draws again with another seed", async () => {
  await sumOf([square("a"), square("b")]);
  badgeOf("a").click();
  expect(badgeOf("a").getAttribute("aria-expanded")).toBe("true");
  const before = panelOf("a").textContent!;
  expect(before).toContain("With one thing wrong (3 for 2)");
  expect(before).toContain("seed 1");
  panelOf("a").querySelector("button")!.click();
  await vi.waitFor(() => expect(panelOf("a").textContent).toContain("seed 2"), {timeout: 20_000});
  expect(panelOf("a").hidden).toBe(false);
  expect(panelOf("a").textContent!.slice(0, 60)).not.toBe(before.slice(0, 60));
  expect(panelOf("b").textContent).toContain("seed 1");
});

test("a comparison that throws is red and says why", async () => {
  const thrown = () => {
    throw new Error("no inverse");
  };
  await sumOf([{...square("a"), compare: thrown}, square("b")]);
  expect(badgeOf("a").dataset.check).toBe("fail");
  expect(panelOf("a").textContent).toContain("could not be compared: no inverse");
});

test("a cell that runs again leaves one badge, and a block that is edited gets its badge back", async () => {
  (await sumOf([square("a"), square("b")])).remove();
  await sumOf([square("a"), square("b")]);
  expect(document.querySelectorAll(".equation-badge")).toHaveLength(2);
  expect(document.querySelectorAll(".equation-panel")).toHaveLength(2);
  document.querySelector("#eq-a")!.outerHTML = line("a");
  await vi.waitFor(() => expect(badgeOf("a")?.dataset.check).toBe("pass"), {timeout: 20_000});
});
