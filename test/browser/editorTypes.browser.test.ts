import {afterAll, beforeAll, beforeEach, expect, test} from "vitest";
import {content, edit, editCell, message, patient, type} from "./editing.js";
import {type Preview, startPreview} from "./preview.js";
import {visit} from "./visit.js";

const notebook = `# Typed

\`\`\`ts
import {twice} from "../components/math/twice.js";
const a = twice(1);
\`\`\`

\`\`\`ts
display(html\`<p id="b">b is \${a + 1}</p>\`);
\`\`\`

Some text with a value: \${a}.

\`\`\`ts
import {source} from "../components/ui/source.js";
display(source("components/math/twice.ts"));
\`\`\`
`;
const component = "/** Twice a number. */\nexport const twice = (x: number): number => 2 * x;\n";

let preview: Preview;
beforeAll(async () => {
  preview = await startPreview({"week1/typed.md": notebook, "components/math/twice.ts": component});
});
beforeEach(async () => {
  await preview.put("week1/typed.md", notebook);
  await preview.put("components/math/twice.ts", component);
});
afterAll(() => preview.stop());
const open = () => visit("/week1/typed", {site: preview.site, prepare: patient});
const source = () => preview.get("week1/typed.md");

test("the open cell is checked while typing, with the types of other cells and of components", async () => {
  const {page, errors, close} = await open();
  await editCell(page, 1);
  await type(page, "const wrong: string = a;\ndisplay(wrong + none);");
  await page.locator(".cm-lintRange-error").first().waitFor();
  expect(await page.locator(".cm-lintRange-error").allInnerTexts()).toEqual(["wrong", "none"]);
  await page.getByRole("status").filter({hasText: "2 problems (F8)"}).waitFor();
  await page.keyboard.press("F8");
  await page.locator(".cm-tooltip", {hasText: "Type 'number' is not assignable to type 'string'."}).waitFor();
  await type(page, "display(twice(a));");
  await expect.poll(() => page.locator(".cm-lintRange-error").count()).toBe(0);
  expect(errors).toEqual([]);
  await close();
});

test("what an edit breaks in other cells and in values is said in the editor, and no more when it is mended", async () => {
  const {page, close} = await open();
  await editCell(page, 0);
  await type(page, 'import {twice} from "../components/math/twice.js";\nconst a = twice;');
  const list = page.getByRole("status", {name: "Problems in other cells"});
  await list.getByText(/^cell 2, line 9: Operator '\+' cannot be applied to types/).waitFor();
  await type(page, 'import {twice} from "../components/math/twice.js";\nconst a = twice(2);');
  await expect.poll(() => list.locator("li").count()).toBe(0);
  await close();
});

test("completion offers what the type has, and describes it; a key tells what stands at the cursor", async () => {
  const {page, close} = await open();
  await editCell(page, 1);
  await type(page, "display(a");
  await page.keyboard.type(".toFi");
  await page.locator(".cm-tooltip-autocomplete li", {hasText: "toFixed"}).waitFor();
  await page.locator(".cm-completionInfo", {hasText: "fractionDigits"}).waitFor();
  await page.waitForTimeout(150); // CodeMirror takes no choice in the first moment
  await page.keyboard.press("Enter");
  expect(await content(page).innerText()).toBe("display(a.toFixed");
  await type(page, "display(twice(a));");
  await page.keyboard.press("Control+Home");
  for (let i = 0; i < "display(tw".length; ++i) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ControlOrMeta+.");
  await message(page).filter({hasText: "twice(x: number): number"}).waitFor();
  expect(await message(page).innerText()).toContain("Twice a number.");
  await page.locator(".cm-line").hover({position: {x: 80, y: 8}});
  await page.locator(".cm-tooltip-hover", {hasText: "twice(x: number): number"}).waitFor();
  await close();
});

test("a cell that does not parse is not saved: the page keeps its last good result, the reader his text", async () => {
  const {page, close} = await open();
  page.on("dialog", (dialog) => dialog.accept());
  await editCell(page, 0);
  const broken = 'import {twice} from "../components/math/twice.js";\nconst a = twice(;';
  await type(page, broken);
  await page.keyboard.press("Shift+Enter");
  await message(page).filter({hasText: "Not saved: line 2 does not parse"}).waitFor();
  await page.locator(".cm-lintRange-error").waitFor();
  expect(await source()).toBe(notebook);
  expect(await page.locator("#b").innerText()).toBe("b is 3");
  expect(await page.locator(".observablehq--error").count()).toBe(0);
  await page.reload();
  await content(page).waitFor();
  expect(await content(page).innerText()).toBe(broken);
  await page.locator("#b", {hasText: "b is 3"}).waitFor();
  await type(page, broken.replace("(;", "(20);"));
  await page.keyboard.press("Shift+Enter");
  await page.locator("#b", {hasText: "b is 41"}).waitFor();
  expect(await source()).toBe(notebook.replace("twice(1)", "twice(20)"));
  await close();
});

test("neither is a text whose value does not parse, nor a component", async () => {
  const {page, close} = await open();
  await edit(page, "Some text");
  await type(page, "A value ${a +}.");
  await page.keyboard.press("ControlOrMeta+S");
  await message(page).filter({hasText: "Not saved: line 1 does not parse"}).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", {name: "Discard changes"}).click();
  await page.locator(".listing pre").hover();
  await page.getByRole("button", {name: "Edit the file src/components/math/twice.ts"}).click();
  await content(page).waitFor();
  await type(page, component.replace("2 * x", "2 *"));
  await page.keyboard.press("Shift+Enter");
  await message(page).filter({hasText: "Not saved: line 2 does not parse"}).waitFor();
  expect([await source(), await preview.get("components/math/twice.ts")]).toEqual([notebook, component]);
  await type(page, component.replace(": number =>", ": string =>"));
  await page.locator(".cm-lintRange-error").waitFor();
  await page.getByRole("status").filter({hasText: "1 problem (F8)"}).waitFor();
  await close();
});

test("no page waits for the compiler, also not while it reads its first files", async () => {
  await preview.restart();
  const html = await (await fetch(`${preview.site}/week1/typed`)).text();
  const token = /name="edit-token" content="([^"]+)"/.exec(html)![1];
  const id = /data-block="(\w+)"[^>]*observablehq--block/.exec(html)![1];
  const headers = {"Content-Type": "application/json", "X-Edit-Token": token, Origin: preview.site};
  const done: string[] = [];
  const ask = async (text: string) => {
    const body = JSON.stringify({ask: "diagnose", file: "week1/typed.md", id, text});
    const {ok} = await fetch(`${preview.site}/_edit/types`, {method: "POST", headers, body});
    done.push(ok ? "types" : "refused");
  };
  const questions = Array.from({length: 30}, (_, i) => ask(`const a = ${i};`)); // in one thread all would come before the page
  await fetch(`${preview.site}/week1/typed`).then(() => done.push("page"));
  await Promise.all(questions);
  expect(done.filter((what) => what === "types")).toHaveLength(30);
  expect(done.at(-1)).toBe("types");
});
