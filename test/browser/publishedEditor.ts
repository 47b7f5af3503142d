import type {Page} from "playwright-core";
import {visit, type Visit, type VisitOptions} from "./visit.js";

/** The cells that ran since it was last asked. */
export const ran = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as {ran?: string[]}).ran?.splice(0) ?? []);

/** How far the loop is that nothing else depends on. */
export const step = (page: Page): Promise<number> => page.locator("#steps").innerText().then(Number);

/** Waits until the page's cells have run. Its loop never ends, so the network's silence is not what to wait for. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => Number(document.querySelector("#steps")?.textContent) > 0);
  await page.waitForFunction(() => !document.querySelector("observablehq-loading"));
}

/** Opens the page as published. */
export const openPlain = (site: string, options: VisitOptions = {}, hash = ""): Promise<Visit> =>
  visit(`/week1/edited${hash}`, {site, ready, ...options});

/** Opens the page with its editor loaded. */
export async function openPage(site: string, options: VisitOptions = {}): Promise<Visit> {
  const visited = await openPlain(site, options);
  await loadEditor(visited.page);
  return visited;
}

/** Presses the button of the header and waits until the page can be edited. */
export async function loadEditor(page: Page): Promise<void> {
  await page.locator("[data-edit-page]").click();
  await page.locator(".edit-button").first().waitFor({state: "attached"});
}

/** Points at the block that holds a text and presses its button. */
export async function edit(page: Page, text: string): Promise<void> {
  const block = page.locator("main [data-block]", {hasText: text}).first();
  await page.mouse.move(0, 0);
  await block.hover();
  await page.locator(".edit-button:not([hidden])").first().click();
  await page.locator(".cm-content").waitFor();
}

/** Writes a text in the place of the one in the editor. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

/** Edits a block, saves and closes. */
export async function change(page: Page, text: string, to: string): Promise<void> {
  await edit(page, text);
  await write(page, to);
  await page.keyboard.press("Shift+Enter");
  await page.locator(".cm-content").waitFor({state: "detached"});
}

/** What the browser keeps of the reader's edits of the page. */
export const kept = (page: Page): Promise<{id: string; text: string}[]> =>
  page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith("edit:"))
      .map((key) => JSON.parse(localStorage.getItem(key)!))
  );
