import {afterAll, beforeAll, expect, test} from "vitest";
import type {Page} from "playwright-core";
import {type Preview, startPreview} from "./preview.js";
import {visit} from "./visit.js";

/** A page whose cells write down when they run; `steps` stands for a training run that depends on nothing else. */
const notebook = `---
title: Edited  # kept
---

# Edited $x$

\`\`\`ts
const ran = ((globalThis as {ran?: string[]}).ran ??= []);
\`\`\`

\`\`\`ts
ran.push("a");
const a = 1;
\`\`\`

Some *text* with a value: \${a}.

\`\`\`ts
ran.push("b");
display(html\`<p id="b">b is \${a + 1}</p>\`);
\`\`\`

\`\`\`ts
ran.push("c");
display("c alone");
\`\`\`

\`\`\`ts
const steps = (async function* () {
  ran.push("training");
  let step = 0;
  try {
    for (;;) {
      yield ++step;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    ran.push("training ended");
  }
})();
\`\`\`

Step <b id="steps">\${steps}</b>
`;

let preview: Preview;
beforeAll(async () => {
  preview = await startPreview({"week1/edited.md": notebook});
}, 120_000);
afterAll(() => preview?.stop());

/** The page as it was first written. */
async function open() {
  await preview.put("week1/edited.md", notebook);
  return visit("/week1/edited", {site: preview.site});
}
const ran = (page: Page) => page.evaluate(() => (globalThis as unknown as {ran: string[]}).ran.splice(0));
const step = (page: Page) => page.locator("#steps").innerText().then(Number);

/** Opens the editor on the block that holds a text. */
async function edit(page: Page, text: string) {
  await page.locator("main [data-block]", {hasText: text}).first().hover();
  await page.getByRole("button", {name: /^Edit /}).click();
  await page.locator(".editor .cm-content").waitFor();
}
async function type(page: Page, text: string) {
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}

test("an edited cell and what depends on it run again, nothing else does, and a training run goes on", async () => {
  const {page, errors, close} = await open();
  await page.waitForFunction(() => Number(document.querySelector("#steps")?.textContent) > 5);
  expect((await ran(page)).sort()).toEqual(["a", "b", "c", "training"]);
  const before = await step(page);
  await page.evaluate(() => ((globalThis as {here?: boolean}).here = true));
  await page
    .locator("main [data-block]")
    .nth(2)
    .focus()
    .catch(() => undefined);
  await editCell(page, 2, 'ran.push("a");\nconst a = 41;');
  await page.keyboard.press("Shift+Enter");
  await page.waitForFunction(() => document.querySelector("#b")?.textContent === "b is 42");
  expect((await ran(page)).sort()).toEqual(["a", "b"]);
  expect(await preview.get("week1/edited.md")).toBe(notebook.replace("const a = 1;", "const a = 41;"));
  expect(await page.locator("main").innerText()).toContain("with a value: 41.");
  expect(await step(page)).toBeGreaterThan(before);
  expect(await page.evaluate("here")).toBe(true); // the page was not loaded again
  expect(await page.locator(".editor").count()).toBe(1); // the hidden notice alone: the editor is closed
  expect(errors).toEqual([]);
  await close();
});

/** Opens the block number `i` by its button and types another text. */
async function editCell(page: Page, i: number, text: string) {
  const block = page.locator("main [data-block]").nth(i);
  await block.evaluate((node) => node.dispatchEvent(new PointerEvent("pointerover", {bubbles: true})));
  await page.locator(".edit-button").click();
  await page.locator(".editor .cm-content").waitFor();
  await type(page, text);
}

test("text is edited in its place and saved without closing", async () => {
  const {page, close} = await open();
  await edit(page, "Some text");
  expect(await page.locator(".editor .cm-content").innerText()).toBe("Some *text* with a value: ${a}.");
  await type(page, "Other **words**: ${a + 1}, $x^2$.");
  await page.keyboard.press("ControlOrMeta+S");
  await page.getByText("Other words: 2").waitFor();
  expect(await preview.get("week1/edited.md")).toContain(
    '\n\nOther **words**: ${a + 1}, $x^2$.\n\n```ts\nran.push("b")'
  );
  await page.keyboard.insertText(" More.");
  await page.keyboard.press("ControlOrMeta+S");
  await page.getByText("More.", {exact: false}).first().waitFor();
  expect(await preview.get("week1/edited.md")).toContain("$x^2$. More.\n\n```ts");
  await close();
});
