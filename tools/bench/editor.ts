import {createMarkdownIt} from "@observablehq/framework/dist/markdown.js";
import type {Page} from "playwright-core";
import {launch, provideChromium} from "../browser.js";
import {parsePage} from "../edit/blocks.js";
import {siteMarkdown} from "../site/markdown.js";
import {type Preview, startPreview} from "./preview.js";
import {median} from "./rounds.js";
import {savesInProcess} from "./saves.js";

const cells = 30;
const file = "week1/bench.md";

/** A page of thirty cells: one that is edited, half of the others depend on it. */
const notebook = `# Thirty cells

\`\`\`ts
const edited = 0;
display(html\`<p id="edited">\${edited}</p>\`);
\`\`\`

${Array.from({length: cells - 1}, (_, i) => {
  const sum = i % 2 ? `edited + ${i}` : String(i);
  return `Text ${i} with $x_{${i}}$ and \${${i} + 1}.\n\n\`\`\`ts\nconst value${i} = ${sum};\ndisplay(html\`<p>\${value${i}}</p>\`);\n\`\`\``;
}).join("\n\n")}
`;

const large = "week1/large.md";
const block = (i: number) =>
  i % 3 ? `Text ${i} with words and $x_{${i}}$. `.repeat(9) : `\`\`\`ts\nconst value${i} = ${i};\n\`\`\``;
/** A page of 1 MB. */
const largeNotebook = `# Large\n\n${Array.from({length: 4500}, (_, i) => block(i)).join("\n\n")}\n`;

/** How long saving takes in the preview's editor, until the file is written and until the page shows it; and types. */
export async function editor(rounds: number): Promise<void> {
  const preview = await startPreview({[file]: notebook, [large]: largeNotebook});
  const browser = await launch(provideChromium());
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(180_000); // the compiler reads its first files, on a machine that may have other work
    await page.goto(`${preview.site}/${file.replace(".md", "")}`);
    await page.locator("#edited").waitFor();
    await open(page);
    const times: Record<string, number[]> = {};
    await round(page, preview, 1); // which does not count: it loads the parser
    for (let i = 2; i < rounds + 2; ++i)
      for (const [name, time] of Object.entries(await round(page, preview, i))) (times[name] ??= []).push(time);
    times[`save on a page of ${Math.round(largeNotebook.length / 1000)} kB, answered after`] = await savesOf(
      page,
      rounds
    );
    times["save of a cell among 30, in process"] = await savesInProcess(notebook, "edited = 0", rounds);
    times["save on the large page, in process"] = await savesInProcess(largeNotebook, "value2250 ", rounds);
    for (const [name, list] of Object.entries(times))
      console.log(`editor: ${name} ${median(list).toFixed(0)} ms (${list.map((t) => t.toFixed(0)).join(", ")})`);
  } finally {
    await browser.close();
    await preview.stop();
  }
}

async function open(page: Page): Promise<void> {
  const cell = page.locator("main > [data-block]", {has: page.locator("#edited")});
  await cell.evaluate((node: HTMLElement) => ((node.tabIndex = -1), node.focus()));
  await page.keyboard.press("Enter");
  await page.locator(".editor .cm-content").waitFor();
}

/** How long the server takes for saves of the cell in the middle of the large page, which no tab shows. */
async function savesOf(page: Page, rounds: number): Promise<number[]> {
  const number = 2250;
  const found = parsePage(Buffer.from(largeNotebook), createMarkdownIt({markdownIt: siteMarkdown("src")})).blocks.find(
    ({text}) => text.includes(`value${number} `)
  );
  return page.evaluate(
    async ({file, id, rounds}) => {
      const token = document.querySelector<HTMLMetaElement>('meta[name="edit-token"]')!.content;
      const headers = {"X-Edit-Token": token, "Content-Type": "application/json"};
      const read = await fetch(`/_edit/block?${new URLSearchParams({file, id})}`, {headers});
      let {place} = await read.json();
      const times: number[] = [];
      for (let i = 0; i <= rounds; ++i) {
        const body = JSON.stringify({do: "replace", file, place, text: `const edited = ${i};`});
        const start = performance.now();
        const answer = await fetch("/_edit/save", {method: "POST", headers, body}).then((response) => response.json());
        times.push(performance.now() - start);
        ({place} = answer.block);
      }
      return times.slice(1);
    },
    {file: large, id: found!.id, rounds}
  );
}

/** One save and one question about types, in milliseconds: as the page measures them. */
async function round(page: Page, preview: Preview, value: number): Promise<Record<string, number>> {
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(`const edited = ${value};\ndisplay(html\`<p id="edited">\${edited}</p>\`);`);
  const types = await asked(page, "/_edit/types");
  await page.evaluate(() => {
    const shown = new MutationObserver(() => Object.assign(globalThis, {shownAt: performance.now()}));
    shown.observe(document.querySelector("main")!, {childList: true, subtree: true, characterData: true});
  });
  const start = await page.evaluate(() => performance.now());
  await page.keyboard.press("ControlOrMeta+S");
  await page.locator("#edited", {hasText: new RegExp(`^${value}$`)}).waitFor();
  const update = await page.evaluate((start) => (globalThis as unknown as {shownAt: number}).shownAt - start, start);
  if (!(await preview.get(file)).includes(`edited = ${value};`)) throw new Error("bench: the file was not written");
  return {
    "save, answered after": await asked(page, "/_edit/save"),
    "save, shown after": update,
    "types, answered after": types
  };
}

/** How long the last request to an address took; waits for one, and forgets it. */
async function asked(page: Page, address: string): Promise<number> {
  const last = await page.waitForFunction((address) => {
    const list = performance.getEntriesByType("resource").filter(({name}) => name.endsWith(address));
    if (!list.length) return 0;
    performance.clearResourceTimings();
    return list.at(-1)!.duration;
  }, address);
  return last.jsonValue();
}
