import {afterAll, beforeAll, expect, test} from "vitest";
import {change, edit, kept, loadEditor, openPage, openPlain, ran, ready, step, write} from "./publishedEditor.js";
import {type Published, publishPages} from "./published.js";
import {notebook} from "./publishedPage.js";

let site: Published;
const pages = {"index.md": "# Home\n", "404.md": "# No page\n", "week1/edited.md": notebook()};
const newB =
  'ran.push("b2");\nconst doubled: number = (a as number) * 2;\ndisplay(html`<p id="b">b is now ${doubled}</p>`);';

beforeAll(async () => {
  site = await publishPages(pages);
}, 240_000);
afterAll(() => site?.stop());

const sum = (list: {bytes: number}[]) => list.reduce((total, {bytes}) => total + bytes, 0);

/** Parts of the editor that only some texts need, by their file, with the most that each may take. */
const parts = {types: 30_000, render: 80_000, editorSearch: 10_000};
const cellInText = "An equation\n\n```ts\nconst inText: number = 6;\ndisplay(`made ${inText}`);\n```";

test.each([
  {what: "a cell", text: "b is", to: newB, done: "b is now 2", also: ["types"], whole: true},
  {what: "text", text: "Some text", to: "Some **other** text.", done: "Some other text.", also: []},
  {what: "text with a value", text: "Some text", to: "Some value ${a + 6}.", done: "Some value 7.", also: []},
  {what: "text with a TypeScript cell", text: "An equation", to: cellInText, done: "made 6", also: ["types"]},
  {what: "text with a new formula", text: "Some text", to: "Some $z_7$ here.", done: "here.", also: ["render"]}
])("nothing of the editor is loaded before it is used; then $what takes ≤ 200 kB but for named parts", async (path) => {
  const {page, scripts, requests, outside, errors, close} = await openPlain(site.site);
  const before = (await scripts()).length;
  expect(requests.filter((url) => url.includes("/assets/edit/"))).toEqual([]);
  await loadEditor(page);
  expect(requests.filter((url) => url.endsWith("/assets/edit/start.js"))).toHaveLength(1);
  await change(page, path.text, path.to);
  await page.getByText(path.done).waitFor();
  const loaded = (await scripts()).slice(before).filter(({url}) => url.includes("/assets/edit/"));
  const partOf = ({url}: {url: string}) => /\/(\w+)-\w+\.js$/.exec(url)?.[1] ?? "";
  const late = loaded.filter((script) => partOf(script) in parts);
  expect(late.map(partOf).sort()).toEqual(path.also);
  for (const part of late) expect(part.bytes).toBeLessThanOrEqual(parts[partOf(part) as keyof typeof parts]);
  const apart = path.whole ? [] : late; // with a cell, which is what the editor is for, its types are within the bar
  const bytes = sum(loaded) - sum(apart);
  const named = late.map((part) => `, of it ${partOf(part)} ${part.bytes}`).join("");
  process.stdout.write(`editor, ${path.what}: ${sum(loaded)} bytes gzipped in ${loaded.length} files${named}\n`);
  expect(loaded.length).toBeGreaterThan(3);
  expect(bytes).toBeLessThanOrEqual(200_000);
  expect(requests.every((url) => url.startsWith(`${site.site}/`))).toBe(true);
  expect([outside, errors]).toEqual([[], []]);
  await close();
});

test("a changed cell and what depends on it run again, nothing else does, and a training run goes on", async () => {
  const {page, errors, close} = await openPage(site.site);
  await ran(page);
  const before = await step(page);
  await change(page, "b is", newB);
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 2");
  expect(await ran(page)).toEqual(["b2"]);
  await editCellOfA(page, 'ran.push("a2");\nconst a: number = 21;');
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 42");
  await expect.poll(() => page.getByText("Some text with a value: 21.").count()).toBe(1);
  expect(await ran(page)).toEqual(["a2", "b2"]);
  expect(await step(page)).toBeGreaterThan(before);
  expect(errors).toEqual([]);
  await close();
});

/** The cell that shows nothing has no text to point at. */
async function editCellOfA(page: Parameters<typeof ran>[0], text: string): Promise<void> {
  await page.evaluate(() => {
    const blocks = [...document.querySelectorAll<HTMLElement>("main [data-block]")];
    const block = blocks[blocks.findIndex(({textContent}) => textContent!.includes("with a value")) - 1];
    block.tabIndex = -1;
    block.focus();
  });
  await page.keyboard.press("Alt+KeyE");
  await page.locator(".cm-content").waitFor();
  await write(page, text);
  await page.keyboard.press("Shift+Enter");
  await page.locator(".cm-content").waitFor({state: "detached"});
}

test("a loop that is changed ends before its successor begins, and the published one comes back by reset", async () => {
  const {page, errors, close} = await openPage(site.site);
  await page.evaluate(() => {
    const first = [...document.querySelectorAll<HTMLElement>("main [data-block]")];
    const block = first[first.findIndex(({textContent}) => textContent!.includes("Step")) - 1];
    block.tabIndex = -1;
    block.focus();
  });
  await ran(page);
  await page.keyboard.press("Alt+KeyE");
  await page.locator(".cm-content").waitFor();
  await write(
    page,
    'import {formatPercent} from "../components/ui/number.js";\nran.push("still");\nconst steps = formatPercent(0.5);\nconst formatNumber = 1;'
  );
  await page.keyboard.press("Shift+Enter");
  await expect.poll(() => page.locator("#steps").innerText()).toMatch(/^50/);
  await expect.poll(() => ran(page)).toContain("training ended");
  await page.getByRole("group", {name: "Changed by you."}).getByRole("button", {name: "Reset"}).click();
  await expect.poll(() => step(page)).toBeGreaterThan(3);
  expect(await ran(page)).toEqual(["training"]);
  expect(await kept(page)).toEqual([]);
  expect(errors).toEqual([]);
  await close();
});

test("a change is there after a reload, is marked, and goes by reset and comes back by undo", async () => {
  const {page, errors, close} = await openPage(site.site);
  await change(page, "b is", newB);
  await page.reload();
  await ready(page);
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 2");
  const mark = page.getByRole("group", {name: "Changed by you."});
  expect(await mark.count()).toBe(1);
  expect(await page.getByRole("region", {name: "Your changes"}).innerText()).toMatch(/One block is changed by you/);
  await mark.getByRole("button", {name: "Reset"}).click();
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is 2");
  expect(await mark.count()).toBe(0);
  expect(await kept(page)).toEqual([]);
  await page.getByRole("button", {name: "Undo"}).click();
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 2");
  expect(await kept(page)).toHaveLength(1);
  await page.getByRole("button", {name: "Reset page"}).click();
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is 2");
  expect(await page.getByRole("region", {name: "Your changes"}).count()).toBe(0);
  await page.reload();
  await ready(page);
  expect(await page.locator("#b").innerText()).toBe("b is 2");
  expect(errors).toEqual([]);
  await close();
});

test("a syntax error is shown at its place, the old cell lives on, and the text stays in the editor", async () => {
  const {page, close} = await openPage(site.site);
  await ran(page);
  for (const [text, message, at] of [
    ['display("x");\nconst y: number = = 2;', /line 2, column 19: Unexpected token/, "="],
    ["const z: number = 1;\nconst q: string = b ? a : (c = 3);", /line 2.*Assignment to external variable 'c'/, "c"],
    ['import {x} from "../components/none.js";\ndisplay(x);', /no page of this site uses/, ""],
    ["export const k = 1;", /Unexpected token 'export'/, "e"]
  ] as const) {
    await edit(page, "b is");
    await write(page, text);
    await page.keyboard.press("Control+s");
    await expect.poll(() => page.locator(".editor-message").innerText()).toMatch(message);
    expect(await page.locator(".editor-message").innerText()).toMatch(/The text is still here/);
    if (at) expect(await page.locator(".editor-fault").innerText()).toBe(at);
    expect(await page.locator("#b").innerText()).toBe("b is 2");
    await page.keyboard.press("Escape");
    await page.getByRole("button", {name: "Discard changes"}).click();
  }
  expect(await ran(page)).toEqual([]);
  expect(await kept(page)).toEqual([]);
  await close();
});

test("a cell that throws shows its error in its place and works again when it is mended", async () => {
  const {page, close} = await openPage(site.site);
  await change(page, "b is", 'throw new Error("on purpose");');
  await expect.poll(() => page.locator(".observablehq--error").innerText()).toMatch(/on purpose/);
  await change(page, "on purpose", newB);
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 2");
  expect(await page.locator(".observablehq--error").count()).toBe(0);
  await close();
});

test("text takes formulas, links, cells and values; the page’s own formulas need no KaTeX", async () => {
  const {page, requests, errors, close} = await openPage(site.site);
  const katex = () => requests.filter((url) => /\/assets\/edit\/render-/.test(url)).length;
  await change(page, "the last text", 'By [eq:square], “$x$” and ${a + 1} [home](/) "quoted" <https://a.example/>.');
  const last = page.locator("main [data-edited]").last();
  await expect.poll(() => last.innerText()).toMatch(/^By \(1\), “.*” and 2 home “quoted” https:\/\/a\.example\/\.$/s);
  expect(await last.locator(".katex").count()).toBe(1);
  expect(await last.getByRole("link", {name: "home"}).getAttribute("href")).toBe(`${site.site}/`);
  expect(katex()).toBe(0);
  await change(
    page,
    "An equation",
    'An equation with $z_3$:\n\n```ts\ndisplay(html`<i id="made">${a + 9}</i>`);\nconst made = 5;\n```\n\nand ${made}'
  );
  await expect.poll(() => page.locator("#made").innerText()).toBe("10");
  await page.getByText("and 5").waitFor();
  expect(katex()).toBe(1);
  await edit(page, "An equation");
  await write(page, "A bad $\\frac{1$ formula");
  await page.keyboard.press("Control+s");
  await expect.poll(() => page.locator(".editor-message").innerText()).toMatch(/the formula .* is not one/);
  expect(errors).toEqual([]);
  await close();
});

test("the difference is shown as text, and the page is copied as Markdown with the changes", async () => {
  const {page, context, close} = await openPage(site.site);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await change(page, "Some text", "Some <b>bold</b> text.");
  await change(page, "b is", "/*\n```\n*/\ndisplay(7);");
  await page.getByRole("region", {name: "Your changes"}).getByRole("button", {name: "Show difference"}).click();
  const dialog = page.getByRole("dialog", {name: "Your changes"});
  await expect.poll(() => dialog.locator("ins").allInnerTexts()).toContain("+ Some <b>bold</b> text.\n");
  expect(await dialog.locator("del").first().innerText()).toBe("− Some *text* with a value: ${a}.\n");
  await page.keyboard.press("Escape");
  await page.getByRole("button", {name: "Copy as Markdown"}).click();
  await page.getByText("The page as Markdown copied.").waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const published = notebook();
  expect(text).toBe(
    published
      .replace("Some *text* with a value: ${a}.", "Some <b>bold</b> text.")
      .replace(/```ts\nran\.push\("b"\);\n.*?\n```/s, "````ts\n/*\n```\n*/\ndisplay(7);\n````")
  );
  await close();
});

test("with keys alone: the editor is loaded, a block is found, changed, reset; the buttons have names", async () => {
  const {page, close} = await openPlain(site.site);
  await page.keyboard.press("Alt+KeyE");
  await page.locator(".edit-button").first().waitFor({state: "attached"});
  for (let i = 0; i < 20; ++i) {
    await page.keyboard.press("Alt+ArrowDown");
    if (await page.evaluate(() => document.activeElement?.querySelector("#b") !== null)) break;
  }
  await page.keyboard.press("Enter");
  await page.locator(".cm-content").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(newB);
  await page.keyboard.press("Shift+Enter");
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 2");
  await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-edited"))).toBe(true);
  await page.keyboard.press("Alt+Shift+KeyR");
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is 2");
  expect(await page.locator(".editor-notice").getAttribute("role")).toBe("status");
  await page.keyboard.press("Alt+KeyP");
  expect(await page.getByRole("option").allInnerTexts()).toContainEqual(expect.stringMatching(/^Copy a link/));
  await page.keyboard.press("Escape");
  await close();
});

test("undo history outlives the editor, and unsaved text a reload", async () => {
  const {page, close} = await openPage(site.site);
  await change(page, "b is", newB);
  await edit(page, "b is now");
  await page.keyboard.press("Control+z");
  await expect.poll(() => page.locator(".cm-content").innerText()).toMatch(/ran\.push\("b"\)/);
  await write(page, "display('not saved');");
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await ready(page);
  await expect.poll(() => page.locator(".cm-content").innerText()).toBe("display('not saved');");
  await page.keyboard.press("Shift+Enter");
  await page.getByText("not saved").first().waitFor();
  await close();
});

test("a changed heading has the anchor that the build would give it", async () => {
  const {page, close} = await openPage(site.site);
  await change(page, "Edited", "# RMSProp & all of O(n)");
  expect(await page.locator("main h1").getAttribute("id")).toBe("rms-prop-and-all-of-o-n");
  await close();
});
