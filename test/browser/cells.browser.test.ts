import {afterAll, beforeAll, beforeEach, expect, test} from "vitest";
import {
  after,
  cheap,
  counted,
  countsFromZero,
  counting,
  dear,
  input,
  notebook,
  ran,
  slow,
  states,
  told,
  turn
} from "./cellsPage.js";
import {type Preview, startPreview} from "./preview.js";
import {patient} from "./editing.js";
import {visit} from "./visit.js";

let preview: Preview;
beforeAll(async () => void (preview = await startPreview()));
beforeEach(() => preview.put("week1/cells.md", notebook));
afterAll(() => preview.stop());

test("cells say what they are up to: an asking cell waits, what needs it waits with it, loops run", async () => {
  const {page, errors, close} = await visit("/week1/cells", {site: preview.site, prepare: patient});
  await told(page).filter({hasText: "2 cells are running, 2 are stale."}).waitFor();
  const now = await states(page);
  expect([now[dear], now[after], now[cheap], now[counting], now[slow], now[input]]).toEqual([
    ...["stale", "stale", "fresh", "running", "running", "fresh"]
  ]);
  expect(await ran(page)).toEqual([]); // neither the asking cell's code nor that of what needs it was called
  await page.getByRole("button", {name: "Run", exact: true}).click();
  await page.locator("#after", {hasText: "after 11"}).waitFor();
  expect(await ran(page)).toEqual(["dear 1", "after 10"]);
  await told(page).filter({hasText: "2 cells are running."}).waitFor();
  expect(await page.locator(".cell-offer").count()).toBe(0);

  await turn(page, 3);
  await page.locator("#cheap", {hasText: "cheap 3"}).waitFor();
  await page.locator(".cell-offer", {hasText: "Stale: the inputs have changed since this result."}).waitFor();
  await turn(page, 4);
  await page.locator("#cheap", {hasText: "cheap 4"}).waitFor();
  await told(page).filter({hasText: "2 cells are running, 2 are stale."}).waitFor();
  expect([await page.locator("#dear").innerText(), await page.locator("#after").innerText()]).toEqual([
    "dear 10",
    "after 11"
  ]);
  expect(await ran(page)).toEqual([]);
  await page.getByRole("button", {name: "Run stale cells"}).click();
  await page.locator("#after", {hasText: "after 41"}).waitFor();
  expect(await ran(page)).toEqual(["dear 4", "after 40"]); // once, with the newest input
  expect(errors).toEqual([]);
  await close();
});

test("a cell that fails says so, also to a screen reader, and is fresh again when it works", async () => {
  const {page, close} = await visit("/week1/cells", {site: preview.site, prepare: patient});
  await turn(page, 5);
  await told(page).filter({hasText: "1 cell has failed, 2 are running, 2 are stale."}).waitFor();
  expect((await states(page))[cheap]).toBe("failed");
  await turn(page, 6);
  await page.locator("#cheap", {hasText: "cheap 6"}).waitFor();
  await told(page).filter({hasText: "2 cells are running, 2 are stale."}).waitFor();
  expect((await states(page))[cheap]).toBe("fresh");
  await close();
});

test("Stop all ends loops and what cells await, keeps what they have shown, and they run again when asked", async () => {
  const {page, close} = await visit("/week1/cells", {site: preview.site, prepare: patient});
  await page.waitForFunction(() => Number(document.querySelector("#counted")?.textContent) > 3);
  await page.keyboard.press("Alt+KeyP");
  await page.getByRole("combobox", {name: "Command"}).fill("stop all");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as {ran: string[]}).ran.toSorted()))
    .toEqual(["counting ended", "slow ended"]);
  await told(page).filter({hasText: "4 cells are stale."}).waitFor();
  const stood = await page.locator("#counted").innerText();
  await page.waitForTimeout(300);
  expect(await page.locator("#counted").innerText()).toBe(stood);
  expect((await states(page))[counted]).toBe("fresh");
  await countsFromZero(page, () => page.keyboard.press("Alt+KeyR"));
  await told(page).filter({hasText: "2 cells are running."}).waitFor();
  expect((await states(page))[dear]).toBe("fresh");
  await close();
});

test("an asking cell that is edited waits to be asked, and its old result stands meanwhile", async () => {
  const {page, close} = await visit("/week1/cells", {site: preview.site, prepare: patient});
  await page.getByRole("button", {name: "Run", exact: true}).click();
  await page.locator("#after", {hasText: "after 11"}).waitFor();
  await ran(page);
  await page.locator(".cell-offer").waitFor({state: "detached"}); // that of the first run goes a moment later
  await preview.put("week1/cells.md", notebook.replace("10 * knob", "100 * knob"));
  await page.locator(".cell-offer").waitFor();
  expect(await page.locator("#after").innerText()).toBe("after 11");
  expect(await ran(page)).toEqual([]);
  await page.keyboard.press("Alt+KeyR");
  await page.locator("#after", {hasText: "after 101"}).waitFor();
  await close();
});

test("what another program breaks keeps its result beside the fault, over a reload too, until it parses again", async () => {
  const {page, close} = await visit("/week1/cells", {site: preview.site, prepare: patient});
  const fault = page.locator(".cell-fault");
  await preview.put("week1/cells.md", notebook.replace("cheap ${knob}</p>`)", "price ${knob}</p>`"));
  await fault.filter({hasText: "Line 2 does not parse as it stands in the file"}).waitFor();
  expect(await page.locator("#cheap").innerText()).toBe("cheap 1");
  await told(page).filter({hasText: "1 cell has failed, 2 are running, 2 are stale."}).waitFor();
  expect((await states(page))[cheap]).toBe("failed");
  await turn(page, 3);
  await page.locator("#cheap", {hasText: "cheap 3"}).waitFor(); // it is alive
  await page.reload();
  await fault.waitFor();
  await page.locator("#cheap", {hasText: "cheap 1"}).waitFor();
  await preview.put("week1/cells.md", notebook.replace("cheap ${knob}</p>`)", "price ${knob}</p>`)"));
  await page.locator("#cheap", {hasText: "price 1"}).waitFor();
  await fault.waitFor({state: "detached"});
  await told(page)
    .filter({hasText: /^2 cells are running, 2 are stale\.$/})
    .waitFor();
  await close();
});

test("a component that another program breaks: what imports it keeps its result, is told, and does not run again", async () => {
  const component = (body: string) => `export const triple = (x: number): number => ${body};\n`;
  const cell = (text: string) => `\`\`\`ts\n${text}\n\`\`\`\n`;
  await preview.put("components/math/triple.ts", component("3 * x"));
  await preview.put(
    "week1/uses.md",
    cell("const ran = ((globalThis as {ran?: string[]}).ran ??= []);") +
      cell(
        'import {triple} from "../components/math/triple.js";\nran.push("used");\ndisplay(html`<p id="six">${triple(2)}</p>`);'
      )
  );
  const {page, errors, close} = await visit("/week1/uses", {site: preview.site, prepare: patient});
  await page.locator("#six", {hasText: "6"}).waitFor();
  await ran(page);
  await preview.put("components/math/triple.ts", component("3 * ("));
  const fault = page.locator(".cell-fault");
  await fault.filter({hasText: "src/components/math/triple.ts as it stands: line 1 does not parse"}).waitFor();
  await told(page).filter({hasText: "1 cell has failed."}).waitFor();
  expect([await page.locator("#six").innerText(), await ran(page)]).toEqual(["6", []]);
  await page.reload();
  await page.locator("#six", {hasText: "6"}).waitFor();
  await fault.waitFor();
  await preview.put("components/math/triple.ts", component("30 * x"));
  await page.locator("#six", {hasText: "60"}).waitFor();
  await fault.waitFor({state: "detached"});
  expect(errors).toEqual([]);
  await close();
});

test("a cell that has moved still shows what it is up to", async () => {
  const {page, close} = await visit("/week1/cells", {site: preview.site, prepare: patient});
  const cells = notebook.split(/\n\n(?=```ts)/);
  const [moved] = cells.splice(1 + cheap, 1);
  await preview.put("week1/cells.md", [cells[0], moved, ...cells.slice(1)].join("\n\n"));
  await page.locator("main .observablehq--block:first-of-type #cheap").waitFor();
  await turn(page, 5);
  await told(page).filter({hasText: "1 cell has failed, 2 are running, 2 are stale."}).waitFor();
  expect((await states(page))[0]).toBe("failed");
  await close();
});
