import type {Page} from "playwright-core";
import {launch, provideChromium} from "../browser.js";
import {type Preview, startPreview} from "./preview.js";
import {median} from "./rounds.js";

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

/** How long saving takes in the preview's editor, until the file is written and until the page shows it; and types. */
export async function editor(rounds: number): Promise<void> {
  const preview = await startPreview({[file]: notebook});
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
