import {afterAll, beforeAll, expect, test} from "vitest";
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
import {patient} from "./editing.js";
import {change, loadEditor, write} from "./publishedEditor.js";
import {type Published, publishPages} from "./published.js";
import {visit} from "./visit.js";

/** The same as in the preview (cells.browser.test.ts), on a built site and without its editor but where it is named. */
let site: Published;
beforeAll(async () => {
  site = await publishPages({"index.md": "# Home\n", "404.md": "# No page\n", "week1/cells.md": notebook});
}, 240_000);
afterAll(() => site?.stop());

/** The page's loop never ends, so the network's silence is not what to wait for. */
const ready = async (page: Parameters<typeof told>[0]) => {
  await told(page).filter({hasText: "2 cells are running, 2 are stale."}).waitFor();
};
const open = () => visit("/week1/cells", {site: site.site, prepare: patient, ready});

test("built: an asking cell waits, what needs it waits with it, loops run; a screen reader is told", async () => {
  const {page, requests, errors, close} = await open();
  const now = await states(page);
  expect([now[dear], now[after], now[cheap], now[counting], now[slow], now[input]]).toEqual([
    ...["stale", "stale", "fresh", "running", "running", "fresh"]
  ]);
  expect(await ran(page)).toEqual([]);
  expect(await page.locator("main [aria-busy=true]").count()).toBe(2);
  const strip = page.getByRole("group", {name: "Cells"});
  expect(await strip.getByRole("status").innerText()).toBe("2 cells are running, 2 are stale.");
  expect(await strip.getByRole("button").allInnerTexts()).toEqual(["Run stale cells", "Stop all"]);
  await turn(page, 4);
  await page.locator("#cheap", {hasText: "cheap 4"}).waitFor();
  await strip.getByRole("button", {name: "Run stale cells"}).click();
  await page.locator("#after", {hasText: "after 41"}).waitFor();
  expect(await ran(page)).toEqual(["dear 4", "after 40"]);
  await told(page)
    .filter({hasText: /^2 cells are running\.$/})
    .waitFor();
  expect(requests.filter((url) => url.includes("/assets/edit/"))).toEqual([]); // the states need no editor
  expect(errors).toEqual([]);
  await close();
});

test("built: a cell that fails says so, also to a screen reader, and is fresh again when it works", async () => {
  const {page, close} = await open();
  await turn(page, 5);
  await told(page).filter({hasText: "1 cell has failed, 2 are running, 2 are stale."}).waitFor();
  expect((await states(page))[cheap]).toBe("failed");
  await turn(page, 6);
  await page.locator("#cheap", {hasText: "cheap 6"}).waitFor();
  await ready(page);
  expect((await states(page))[cheap]).toBe("fresh");
  await close();
});

test("built: Stop all ends loops and what cells await, and the cells run again when asked", async () => {
  const {page, close} = await open();
  await page.waitForFunction(() => Number(document.querySelector("#counted")?.textContent) > 3);
  await page.getByRole("button", {name: "Stop all"}).click();
  await told(page).filter({hasText: "4 cells are stale."}).waitFor();
  expect((await ran(page)).toSorted()).toEqual(["counting ended", "slow ended"]);
  const stood = await page.locator("#counted").innerText();
  await page.waitForTimeout(300);
  expect(await page.locator("#counted").innerText()).toBe(stood);
  expect((await states(page))[counted]).toBe("fresh");
  await countsFromZero(page, () => page.getByRole("button", {name: "Run stale cells"}).click());
  await told(page)
    .filter({hasText: /^2 cells are running\.$/})
    .waitFor();
  await close();
});

test("built: a reader's changed cell has its states too, an asking one still asks, and keys stop and run all", async () => {
  const {page, close} = await open();
  await loadEditor(page);
  await change(page, "cheap", 'display(html`<p id="cheap">cheap ${knob}</p>`);\nthrow new Error("mine");');
  await told(page).filter({hasText: "1 cell has failed, 2 are running, 2 are stale."}).waitFor();
  expect((await states(page))[cheap]).toBe("failed");
  const block = page.locator("main .observablehq--block").nth(dear);
  await block.evaluate((node: HTMLElement) => ((node.tabIndex = -1), node.focus()));
  await page.keyboard.press("Alt+KeyE");
  await page.locator(".cm-content").waitFor();
  await write(page, 'ran.push("mine");\nconst dear = 7 * knob;');
  await page.keyboard.press("Shift+Enter");
  await page.locator("[data-edited] .cell-offer").waitFor();
  expect(await ran(page)).not.toContain("mine");
  await page.keyboard.press("Alt+KeyR");
  await page.locator("#after", {hasText: "after 8"}).waitFor();
  await page.keyboard.press("Alt+KeyS");
  await told(page).filter({hasText: "1 cell has failed, 2 are stale."}).waitFor();
  await page.getByRole("button", {name: "Reset page"}).click();
  await told(page).filter({hasText: "4 cells are stale."}).waitFor();
  expect((await states(page))[cheap]).toBe("fresh");
  await close();
});
