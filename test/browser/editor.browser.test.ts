import {afterAll, beforeAll, expect, test} from "vitest";
import type {Locator, Page} from "playwright-core";
import {content, edit, editCell, message, type} from "./editing.js";
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
const component = "/** Twice a number. */\nexport const twice = (x: number): number => 2 * x;\n";
const listings = `# Listings

\`\`\`ts
import {source} from "../components/ui/source.js";
display(source("components/math/twice.ts"));
\`\`\`

\`\`\`ts
import {twice} from "../components/math/twice.js";
display(html\`<p id="twice">twice 21 is \${twice(21)}</p>\`);
\`\`\`
`;

beforeAll(async () => {
  const pages = {"week1/edited.md": notebook, "week1/listings.md": listings, "components/math/twice.ts": component};
  preview = await startPreview(pages);
}, 120_000);
afterAll(() => preview?.stop());

/** The page as it was first written. */
async function open() {
  await preview.put("week1/edited.md", notebook);
  return visit("/week1/edited", {site: preview.site});
}
const ran = (page: Page) => page.evaluate(() => (globalThis as unknown as {ran: string[]}).ran.splice(0));
const step = (page: Page) => page.locator("#steps").innerText().then(Number);

const source = () => preview.get("week1/edited.md");

test("an edited cell and what depends on it run again, nothing else does, and a training run goes on", async () => {
  const {page, errors, close} = await open();
  await page.waitForFunction(() => Number(document.querySelector("#steps")?.textContent) > 5);
  expect((await ran(page)).sort()).toEqual(["a", "b", "c", "training"]);
  const before = await step(page);
  await page.evaluate("globalThis.here = true");
  await editCell(page, 1);
  await type(page, 'ran.push("a");\nconst a = 41;');
  await page.keyboard.press("Shift+Enter");
  await page.waitForFunction(() => document.querySelector("#b")?.textContent === "b is 42");
  await page.waitForFunction((before) => Number(document.querySelector("#steps")?.textContent) > before, before);
  expect((await ran(page)).sort()).toEqual(["a", "b"]);
  expect(await source()).toBe(notebook.replace("const a = 1;", "const a = 41;"));
  expect(await page.locator("main").innerText()).toContain("with a value: 41.");
  expect(await page.evaluate("here")).toBe(true); // the page was not loaded again
  expect(await content(page).count()).toBe(0);
  expect(errors).toEqual([]);
  await close();
});

test("text is edited in its place and saved without closing, again and again", async () => {
  const {page, close} = await open();
  await edit(page, "Some text");
  expect(await content(page).innerText()).toBe("Some *text* with a value: ${a}.");
  for (const words of ["Other", "More", "Last"]) {
    await type(page, `${words} **words**: \${a + 1}, $x^2$.`);
    await page.keyboard.press("ControlOrMeta+S");
    await page.locator("main p", {hasText: `${words} words: 2`}).waitFor();
    expect(await source()).toBe(
      notebook.replace("Some *text* with a value: ${a}.", `${words} **words**: \${a + 1}, $x^2$.`)
    );
  }
  await page.locator(".cm-content.cm-lineWrapping").waitFor();
  await page.keyboard.press("ControlOrMeta+F");
  await page.locator(".cm-search input[name=search]:focus").waitFor();
  await page.keyboard.type("words");
  await page.locator(".cm-searchMatch").waitFor();
  await close();
});

test("every kind of block opens in its place with its own source, in the page's colours, with matching brackets", async () => {
  const blocks = [
    "# Kinds",
    "Text *here*.",
    "$$\na^2 + b^2 = c^2\n$$",
    "| column | row |\n| --- | --- |\n| one | two |",
    "- a list\n- of two",
    '<p class="own">HTML of its own</p>',
    "```py\nlisting = [1]\n```",
    '```ts\nconst shown: string = "a cell";\ndisplay(shown);\n```'
  ];
  await preview.put("week1/kinds.md", `${blocks.join("\n\n")}\n`);
  const {page, close} = await visit("/week1/kinds", {site: preview.site, colorScheme: "light"});
  const found = page.locator("main > [data-block]");
  expect(await found.count()).toBe(blocks.length);
  for (const [i, block] of blocks.entries()) {
    const where = (await found.nth(i).boundingBox())!;
    await found.nth(i).hover();
    await page.getByRole("button", {name: /^Edit (?!the file)/}).click();
    await expect.poll(() => content(page).innerText()).toBe(block.replace(/^```\w+\n|\n```$/g, ""));
    const editor = (await page.getByRole("region", {name: "Editor"}).boundingBox())!;
    expect(editor.y).toBeGreaterThan((await found.nth(i).boundingBox())!.y + where.height - 1); // below its block
    if (i < blocks.length - 1) await page.keyboard.press("Escape");
  }
  await page.keyboard.press("ControlOrMeta+End"); // behind the closing bracket
  await page.keyboard.press("ArrowLeft");
  expect(await page.locator(".cm-matchingBracket").allInnerTexts()).toEqual(["(", ")"]);
  const colours = () =>
    page.evaluate(() => {
      const word = [...document.querySelectorAll(".cm-line span")].find((node) => node.textContent === "const")!;
      const probe = document.body.appendChild(document.createElement("i"));
      const colour = (name: string) => ((probe.style.color = `var(--${name})`), getComputedStyle(probe).color);
      const own = [getComputedStyle(word).color, getComputedStyle(document.querySelector(".cm-editor")!).color];
      const wanted = [colour("syntax-keyword"), colour("theme-foreground")];
      probe.remove();
      return {own, wanted};
    });
  const light = await colours();
  await page.emulateMedia({colorScheme: "dark"});
  const dark = await colours();
  expect([light.own, dark.own]).toEqual([light.wanted, dark.wanted]);
  expect(dark.own).not.toEqual(light.own);
  await close();
});

test("Escape closes what is unchanged and asks about what is changed; the undo history is there when it is opened again", async () => {
  const {page, close} = await open();
  await edit(page, "Some text");
  await page.keyboard.press("Escape");
  expect(await content(page).count()).toBe(0);
  await edit(page, "Some text");
  await type(page, "Typed.");
  await page.keyboard.press("Escape");
  expect(await message(page).innerText()).toBe("There are changes that are not saved.");
  await page.keyboard.press("Enter"); // the focus is on "Keep editing"
  expect(await content(page).innerText()).toBe("Typed.");
  await page.keyboard.press("Shift+Enter");
  await page.locator("main p", {hasText: "Typed."}).waitFor();
  await edit(page, "Typed.");
  await page.keyboard.press("ControlOrMeta+Z");
  expect(await content(page).innerText()).toBe("Some *text* with a value: ${a}.");
  await page.keyboard.press("Escape");
  await page.getByRole("button", {name: "Discard changes"}).click();
  expect(await content(page).count()).toBe(0);
  expect(await source()).toBe(notebook.replace("Some *text* with a value: ${a}.", "Typed."));
  await close();
});

test("with keys alone: from block to block, into the editor, out of it to the block", async () => {
  const {page, close} = await open();
  for (let i = 0; i < 4; ++i) await page.keyboard.press("Alt+ArrowDown");
  expect(await page.evaluate(() => document.activeElement!.textContent)).toContain("Some text");
  await page.keyboard.press("Enter");
  await content(page).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.insertText(" By key.");
  await page.keyboard.press("Shift+Enter");
  await page.locator("main p", {hasText: "By key."}).waitFor();
  await page.keyboard.press("Alt+KeyE");
  await content(page).waitFor();
  expect(await content(page).getAttribute("aria-label")).toContain("src/week1/edited.md, line 16");
  await close();
});

test("a version that another program wrote meanwhile is shown, and the reader chooses", async () => {
  const {page, close} = await open();
  await edit(page, "Some text");
  await type(page, "Mine.");
  await preview.put("week1/edited.md", notebook.replace("Some *text* with a value: ${a}.", "Theirs."));
  await page.locator("main p", {hasText: "Theirs."}).waitFor();
  await page.keyboard.press("ControlOrMeta+S");
  await page.locator(".editor-theirs", {hasText: "Theirs."}).waitFor();
  expect(await content(page).innerText()).toBe("Mine.");
  expect(await source()).toContain("Theirs.");
  await page.getByRole("button", {name: "Take the one on disk"}).click();
  expect(await content(page).innerText()).toBe("Theirs.");
  await page.keyboard.press("ControlOrMeta+Z");
  await page.keyboard.press("ControlOrMeta+S");
  await page.locator("main p", {hasText: "Mine."}).waitFor();
  expect(await source()).toBe(notebook.replace("Some *text* with a value: ${a}.", "Mine."));
  await close();
});

test("what is pressed in the editor stays under the pointer while the page moves, and follows its block after", async () => {
  const {page, errors, close} = await open();
  await edit(page, "c alone");
  const top = (place: string) => page.locator(place).evaluate((node) => node.getBoundingClientRect().top);
  const start = await top("section.editor");
  const moved = async (text: string) => {
    await preview.put("week1/edited.md", notebook.replace("Some *text*", text));
    await page.locator("main p", {hasText: "Three"}).waitFor();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  };
  const press = async (part: Locator) => {
    const {x, y} = (await part.boundingBox())!;
    await page.mouse.move(x + 5, y + 5);
    await page.mouse.down();
  };
  await press(page.locator("section.editor .editor-name"));
  await moved("One\n\nTwo\n\nThree\n\nSome *text*");
  expect(await top("section.editor")).toBe(start);
  await page.mouse.up();
  await expect.poll(() => top("section.editor")).toBeGreaterThan(start + 50);
  await press(page.getByRole("button", {name: "Cancel", exact: true}));
  await moved("One\n\nThree\n\nSome *text*");
  await page.mouse.up();
  await content(page).waitFor({state: "detached"});
  expect(errors).toEqual([]);
  await close();
});

test("unsaved text survives a reload and a new start of the preview, and is saved then", async () => {
  const {page, close} = await open();
  page.on("dialog", (dialog) => dialog.accept());
  await edit(page, "Some text");
  await type(page, "Unsaved.");
  await page.reload();
  await content(page).waitFor();
  expect(await content(page).innerText()).toBe("Unsaved.");
  await preview.restart();
  await page.keyboard.press("ControlOrMeta+S");
  await page.locator("main p", {hasText: "Unsaved."}).waitFor();
  expect(await source()).toBe(notebook.replace("Some *text* with a value: ${a}.", "Unsaved."));
  await close();
});

test("what closed tabs left unsaved is shown beside what is saved, and taken up only when the reader says so", async () => {
  await preview.put("week1/edited.md", notebook);
  const {page, context, close} = await visit("/week1/edited", {site: preview.site});
  const left = page.getByRole("region", {name: "Unsaved texts"});
  for (const [text, draft] of [
    ["Some text", "Left by one tab."],
    ["Edited", "# Left by another"]
  ]) {
    const tab = await context.newPage();
    await tab.goto(page.url());
    await tab.getByText("b is 2").waitFor();
    await edit(tab, text);
    await type(tab, draft);
    await expect.poll(() => tab.evaluate(() => Object.values(localStorage).join())).toContain(draft);
    await tab.close(); // without a question
  }
  await page.reload();
  await left.waitFor();
  expect(await left.getByRole("article").count()).toBe(2);
  expect(await content(page).count()).toBe(0); // nothing was taken up
  const one = left.getByRole("article").filter({hasText: "Left by one tab."});
  expect(await one.getByLabel("Left unsaved").innerText()).toBe("Left by one tab.");
  await one.getByLabel("Saved now").filter({hasText: "Some *text* with a value: ${a}."}).waitFor();
  await left.getByRole("button", {name: "Not now"}).click();
  await page.reload();
  await left
    .getByRole("article")
    .filter({hasText: "Left by another"})
    .getByRole("button", {name: "Throw it away"})
    .click();
  await one.getByRole("button", {name: "Go on with it"}).click();
  expect(await content(page).innerText()).toBe("Left by one tab.");
  await expect.poll(() => left.count()).toBe(0);
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload(); // it is this tab's now
  await expect.poll(() => content(page).allInnerTexts()).toEqual(["Left by one tab."]);
  await page.keyboard.press("Shift+Enter");
  await page.locator("main p", {hasText: "Left by one tab."}).waitFor();
  expect(await source()).toBe(notebook.replace("Some *text* with a value: ${a}.", "Left by one tab."));
  await page.reload();
  await page.getByText("b is 2").waitFor();
  expect(await left.count()).toBe(0);
  await close();
});

test("a cell is made to ask before it runs from the palette, and to run by itself again; link references are edited", async () => {
  const references = "Read [it][there].\n\n[there]: https://a.example/";
  await preview.put("week1/edited.md", `${notebook}\n${references}\n`);
  const {page, close} = await visit("/week1/edited", {site: preview.site});
  const ask = async (cell: Locator) => {
    await cell.evaluate((node: HTMLElement) => ((node.tabIndex = -1), node.focus()));
    await page.keyboard.press("Alt+KeyP");
    await page.getByRole("combobox", {name: "Command"}).fill("ask before");
    await page.keyboard.press("Enter");
  };
  const shown = page.locator("main > [data-block]", {hasText: "c alone"});
  await shown.waitFor();
  await ran(page);
  await ask(shown);
  await page.getByText("The cell waits until it is asked to run.").waitFor();
  await page.locator('main > [data-run="ask"]', {hasText: "c alone"}).waitFor(); // its result is not stale
  expect(await source()).toContain('```ts run=ask\nran.push("c");');
  expect(await ran(page)).toEqual([]);
  await page.reload();
  const waiting = page.locator("main > [data-block]:has(.cell-offer)");
  await waiting.waitFor();
  expect([await shown.count(), (await ran(page)).includes("c")]).toEqual([0, false]);
  await ask(waiting);
  await page.getByText("The cell runs by itself.").waitFor();
  await shown.waitFor();
  await waiting.waitFor({state: "detached"});
  expect(await source()).toBe(`${notebook}\n${references}\n`);
  await edit(page, "Read it");
  await page.keyboard.press("Escape");
  await page.locator(".edit-references").hover();
  await page.getByRole("button", {name: /^Edit this block/}).click();
  await content(page).waitFor();
  expect(await content(page).innerText()).toBe("[there]: https://a.example/");
  await type(page, "[there]: https://b.example/");
  await page.keyboard.press("Shift+Enter");
  await page.locator('main a[href="https://b.example/"]').waitFor();
  expect(await source()).toContain("\n[there]: https://b.example/\n");
  await close();
});

test("two tabs that edit two blocks of one page both find their text in the file", async () => {
  const {page, context, close} = await open();
  const other = await context.newPage();
  await other.goto(`${preview.site}/week1/edited`);
  await edit(page, "Some text");
  await type(page, "From one tab.");
  await edit(other, "c alone");
  await type(other, 'display("From the other.");');
  await other.keyboard.press("Shift+Enter");
  await page.locator("main", {hasText: "From the other."}).waitFor();
  expect(await content(page).innerText()).toBe("From one tab.");
  await page.keyboard.press("Shift+Enter");
  await other.locator("main", {hasText: "From one tab."}).waitFor();
  const both = notebook
    .replace("Some *text* with a value: ${a}.", "From one tab.")
    .replace('ran.push("c");\ndisplay("c alone");', 'display("From the other.");');
  expect(await source()).toBe(both);
  await close();
});

test("an unclosed fence is refused in a sentence, and the text stays in the editor", async () => {
  const {page, close} = await open();
  await edit(page, "Some text");
  await type(page, "```ts\nopen");
  await page.keyboard.press("Shift+Enter");
  await message(page).filter({hasText: "a fence that is not closed. The text is still here."}).waitFor();
  expect(await content(page).innerText()).toBe("```ts\nopen");
  expect(await source()).toBe(notebook);
  await close();
});

test("the editor is not loaded before it is used, and takes at most 200 kB", async () => {
  const {page, requests, scripts, close} = await open();
  expect(requests.filter((url) => url.includes("/assets/editor.js"))).toEqual([]);
  await edit(page, "Some text");
  const loaded = (await scripts()).find(({url}) => url.includes("/assets/editor.js"))!;
  expect(loaded.bytes).toBeLessThan(200_000);
  await close();
});

test("blocks are made, copied, moved and deleted by key, and the last change is taken back", async () => {
  const {page, close} = await open();
  const [c, b] = [
    '```ts\nran.push("c");\ndisplay("c alone");\n```\n\n',
    '```ts\nran.push("b");\ndisplay(html`<p id="b">b is ${a + 1}</p>`);\n```\n\n'
  ];
  const text = "Some *text* with a value: ${a}.\n\n";
  for (let i = 0; i < 4; ++i) await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await expect.poll(source).toBe(notebook.replace(text + b, b + text));
  await page.waitForFunction(() => document.activeElement?.textContent?.startsWith("Some text"));
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await expect.poll(source).toBe(notebook);
  await page.waitForFunction(() => document.activeElement?.textContent?.startsWith("Some text"));
  await page.keyboard.press("d");
  await expect.poll(source).toBe(notebook.replace(text, text + text));
  await page.waitForFunction(() => document.activeElement?.matches("main p + p"));
  await page.keyboard.press("Delete");
  await expect.poll(source).toBe(notebook);
  await page.getByRole("button", {name: "Undo"}).click();
  await expect.poll(source).toBe(notebook.replace(text, text + text));
  await page.locator("main [data-block]", {hasText: "c alone"}).click();
  expect(await source()).toContain(c);
  await close();
});

test("a key that comes before the page has followed the one before acts on the same block", async () => {
  const {page, close} = await open();
  for (let i = 0; i < 4; ++i) await page.keyboard.press("Alt+ArrowDown");
  await page.evaluate(() => {
    const seen: string[] = ((globalThis as {seen?: string[]}).seen = []);
    const look = () => seen.push(document.activeElement === document.body ? "lost" : "held");
    new MutationObserver(() => requestAnimationFrame(look)).observe(document.querySelector("main")!, {childList: true});
  });
  const text = "Some *text* with a value: ${a}.\n\n";
  const moved = notebook.replace(text, "").replace('```ts\nran.push("c");', (cell) => text + cell);
  for (const [key, wanted] of [
    ["Alt+Shift+ArrowDown", moved],
    ["Alt+Shift+ArrowUp", notebook]
  ]) {
    await page.keyboard.press(key);
    await expect.poll(source).toBe(wanted);
  }
  const seen = () => page.evaluate(() => (globalThis as unknown as {seen: string[]}).seen);
  await expect.poll(async () => (await seen()).length).toBeGreaterThan(1);
  expect(await seen()).not.toContain("lost");
  await close();
});

test("keys act on the block that has the focus, wherever the pointer rests", async () => {
  const {page, close} = await open();
  for (let i = 0; i < 4; ++i) await page.keyboard.press("Alt+ArrowDown");
  expect(await page.evaluate(() => document.activeElement!.textContent)).toContain("Some text");
  await page.locator("main [data-block]", {hasText: "c alone"}).hover();
  await page.keyboard.press("Delete");
  await page.getByRole("button", {name: "Undo"}).waitFor();
  expect(await source()).toBe(notebook.replace("Some *text* with a value: ${a}.\n\n", ""));
  await close();
});

test("a new cell from the palette opens, runs when it is saved, and is there after a reload", async () => {
  const {page, close} = await open();
  await page.locator("main [data-block]", {hasText: "c alone"}).hover();
  await page.keyboard.press("Alt+KeyP");
  await page.getByRole("combobox", {name: "Command"}).fill("cell below");
  expect(await page.getByRole("option").allInnerTexts()).toEqual([expect.stringMatching(/^New cell below\s*B$/)]);
  await page.keyboard.press("Enter");
  await content(page).waitFor();
  await page.keyboard.insertText('display("new: " + (a + 2));');
  await page.keyboard.press("Shift+Enter");
  await page.locator("main", {hasText: "new: 3"}).waitFor();
  const cell = 'display("c alone");\n```\n';
  expect(await source()).toBe(notebook.replace(cell, `${cell}\n\`\`\`ts\ndisplay("new: " + (a + 2));\n\`\`\`\n`));
  await page.reload();
  await page.locator("main", {hasText: "new: 3"}).waitFor();
  await close();
});

test("a component is edited from its listing, and the cells that import it run again", async () => {
  const {page, errors, close} = await visit("/week1/listings", {site: preview.site});
  await page.locator(".listing pre").hover();
  await page.getByRole("button", {name: "Edit the file src/components/math/twice.ts"}).click();
  await content(page).waitFor();
  await page.evaluate("globalThis.here = true");
  await type(page, component.replace("2 * x", "x + x + 1"));
  await page.keyboard.press("Shift+Enter");
  await page.locator("#twice", {hasText: "twice 21 is 43"}).waitFor();
  await page.locator(".listing pre", {hasText: "x + x + 1"}).waitFor();
  expect(await preview.get("components/math/twice.ts")).toBe(component.replace("2 * x", "x + x + 1"));
  expect(await preview.get("week1/listings.md")).toBe(listings);
  expect(await page.evaluate("here")).toBe(true);
  expect(errors).toEqual([]);
  await close();
});

test("a new notebook from the palette opens, is listed, and can be edited", async () => {
  const {page, errors, close} = await open();
  page.on("dialog", (dialog) => dialog.accept("week1/of-my-own"));
  await page.keyboard.press("Alt+KeyP");
  await page.getByRole("combobox", {name: "Command"}).fill("notebook");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/week1/of-my-own");
  await page.locator("#observablehq-sidebar", {hasText: "Of my own"}).waitFor();
  await edit(page, "What is the question?");
  await type(page, "This one.");
  await page.keyboard.press("Shift+Enter");
  await page.locator("main p", {hasText: "This one."}).waitFor();
  expect(await preview.get("week1/of-my-own.md")).toContain("\n\nThis one.\n\n$$");
  expect(errors).toEqual([]);
  await close();
});
