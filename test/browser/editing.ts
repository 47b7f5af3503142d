import type {BrowserContext, Page} from "playwright-core";

/** Points at a block and presses its button. */
export async function edit(page: Page, text: string) {
  const block = page.locator("main [data-block]", {hasText: text}).first();
  await block.hover();
  await page.getByRole("button", {name: /^Edit /}).click();
  await content(page).waitFor();
}

/** The same for the cell of this number, which may show nothing. */
export async function editCell(page: Page, i: number) {
  const cell = page.locator("main .observablehq--block[data-block]").nth(i);
  await cell.evaluate((node) => node.dispatchEvent(new PointerEvent("pointerover", {bubbles: true})));
  await page.locator(".edit-button:visible").click();
  await content(page).waitFor();
}

/** The text of the open editor. */
export const content = (page: Page) => page.locator(".editor .cm-content");
export const message = (page: Page) => page.getByRole("region", {name: "Editor"}).locator(".editor-message");

/** Puts a text in the place of the editor's. */
export async function type(page: Page, text: string) {
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}

/** Lets a context wait longer, for what takes long and has no time to keep. */
export const patient = async (context: BrowserContext): Promise<void> => context.setDefaultTimeout(120_000);
