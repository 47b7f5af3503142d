import {rename, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {Page} from "playwright-core";
import {type Rng, rng} from "../../src/components/math/random.js";
import {parse} from "../tools/edit/workshop.js";
import {content, message, patient, type} from "./editing.js";
import type {Preview} from "./preview.js";
import {visit} from "./visit.js";

const file = "week1/soak.md";
const head = "---\ntitle: Soak  # kept\r\n---\n\n";

/** Blocks of every kind, each with a number of its own. */
const kinds: ((n: number) => string)[] = [
  (n) => `Text ${n} with *marks*, ünïcode 🧪 and $x_{${n}}$.`,
  (n) => `\`\`\`ts\ndisplay("cell ${n}");\n\`\`\``,
  (n) => `\`\`\`ts\nconst value${n} = ${n};\ndisplay(html\`<b>\${value${n}}</b>\`);\n\`\`\``,
  (n) => `$$\nx = ${n}\n$$`,
  (n) => `| a | b |\n|---|---|\n| ${n} | 1 |`,
  (n) => `- one ${n}\n- two\n\n  more`,
  (n) => `:::: derivation A title ${n}\n\n::: step First\n$y = ${n}$\n:::\n::::`,
  (n) => `\`\`\`\`md run=false\n\`\`\`ts\nlisted ${n}\n\`\`\`\n\`\`\`\``,
  (n) => `### Heading ${n}`
];

interface Bench {
  page: Page;
  preview: Preview;
  draw: Rng;
  /** What the page must be: the text of each block. */
  model: string[];
  next(): number;
}

const among = <T>(draw: Rng, list: readonly T[]): T => list[Math.floor(draw.next() * list.length)];
const isList = (text = ""): boolean => text.startsWith("- ");
/** A text for the block of this number; no list beside a list, which would be one block with it. */
function block({draw, next, model}: Bench, i: number): string {
  const text = among(draw, kinds)(next());
  return isList(text) && [i - 1, i + 1].some((side) => isList(model[side])) ? kinds[0](next()) : text;
}
const anyOf = ({draw, model}: Bench): number => Math.floor(draw.next() * model.length);
const textOf = (model: string[]): string => `${head}${model.join("\n\n")}\n`;

/** What the editor shows of a block: a fence's code, else its markdown. */
const shownOf = (text: string): string => /^(`{3,})[^\n]*\n([^]*)\n\1$/.exec(text)?.[2] ?? text;
/** The block after its editor held this text. */
const withShown = (text: string, shown: string): string =>
  text.startsWith("```") ? `${text.split("\n")[0]}\n${shown}\n${text.split("\n").at(-1)}` : shown;

async function open({page}: Bench, i: number): Promise<void> {
  const target = page.locator("main > [data-block]").nth(i);
  await target.evaluate((node: HTMLElement) => ((node.tabIndex = -1), node.focus()));
  await page.keyboard.press("Enter");
  await content(page).waitFor();
}

/** Types a new text of the block's own kind. */
async function typeInto(bench: Bench, i: number): Promise<string> {
  const {model, next} = bench;
  const kind = kinds.find((make) => make(0).replace(/\d+/g, "") === model[i].replace(/\d+/g, "")) ?? kinds[0];
  const shown = shownOf(kind(next()));
  await type(bench.page, shown);
  return withShown(model[i], shown);
}

const save = ({page, draw}: Bench) =>
  draw.next() < 0.5
    ? page.keyboard.press("Shift+Enter").then(() => content(page).waitFor({state: "detached"}))
    : page.keyboard.press("ControlOrMeta+S").then(() => message(page).filter({hasText: "Saved."}).waitFor());

async function closed({page}: Bench): Promise<void> {
  if (await content(page).count()) await page.getByRole("button", {name: "Cancel", exact: true}).click();
  const discard = page.getByRole("button", {name: "Discard changes"});
  if (await discard.count()) await discard.click();
  await content(page).waitFor({state: "detached"});
}

/** Writes the page as another program would: in place, or by renaming over it. */
async function writeOutside({preview, draw, model}: Bench): Promise<void> {
  const path = join(preview.folder, "src", file);
  if (draw.next() < 0.5) return writeFile(path, textOf(model));
  await writeFile(`${path}~`, textOf(model));
  await rename(`${path}~`, path);
}

const actions: Record<string, (bench: Bench) => Promise<void>> = {
  async edit(bench) {
    const i = anyOf(bench);
    await open(bench, i);
    const text = await typeInto(bench, i);
    await save(bench);
    bench.model[i] = text;
  },
  async "type, reload, save"(bench) {
    const i = anyOf(bench);
    await open(bench, i);
    const text = await typeInto(bench, i);
    await bench.page.reload();
    await content(bench.page).waitFor();
    await save(bench);
    bench.model[i] = text;
  },
  async "type, discard"(bench) {
    const i = anyOf(bench);
    await open(bench, i);
    await typeInto(bench, i);
  },
  async "type what does not parse"(bench) {
    const cell = bench.model.findIndex((text) => text.startsWith("```ts"));
    if (cell < 0) return;
    await open(bench, cell);
    await type(bench.page, "const broken = ;");
    await bench.page.keyboard.press("Shift+Enter");
    await message(bench.page).filter({hasText: "does not parse"}).waitFor();
  },
  async "edit while another block changes outside"(bench) {
    const i = anyOf(bench);
    await open(bench, i);
    const text = await typeInto(bench, i);
    const other = (i + 1 + Math.floor(bench.draw.next() * (bench.model.length - 1))) % bench.model.length;
    if (other !== i) bench.model[other] = block(bench, other);
    await writeOutside(bench);
    await save(bench);
    bench.model[i] = text;
  },
  async "edit what changes outside"(bench) {
    const i = anyOf(bench);
    await open(bench, i);
    const text = await typeInto(bench, i);
    bench.model[i] = withShown(bench.model[i], shownOf(bench.model[i]).replace(/\d+/, String(bench.next())));
    await writeOutside(bench);
    await bench.page.keyboard.press("ControlOrMeta+S");
    const mine = bench.draw.next() < 0.5;
    await bench.page.getByRole("button", {name: mine ? "Save mine over it" : "Take the one on disk"}).click();
    if (!mine) return;
    await message(bench.page).filter({hasText: "Saved."}).waitFor();
    bench.model[i] = text;
  },
  async "new cell"(bench) {
    const i = anyOf(bench);
    await key(bench, i, "b");
    await content(bench.page).waitFor();
    const code = `display("cell ${bench.next()}");`;
    await bench.page.keyboard.insertText(code);
    await save(bench);
    bench.model.splice(i + 1, 0, `\`\`\`ts\n${code}\n\`\`\``);
  },
  async delete(bench) {
    if (bench.model.length < 4) return;
    const i = anyOf(bench);
    await key(bench, i, "Delete");
    const undo = bench.page.getByRole("button", {name: "Undo"});
    await undo.waitFor();
    if (bench.draw.next() < 0.5) bench.model.splice(i, 1);
    else await undo.click();
  },
  async "copy and edit"(bench) {
    if (bench.model.length > 14) return;
    const i = anyOf(bench);
    await key(bench, i, "d");
    bench.model.splice(i + 1, 0, bench.model[i]);
    await agrees(bench);
    const copy = isList(bench.model[i]) ? i : i + 1; // a list and its copy are one list
    await open(bench, copy);
    const text = await typeInto(bench, copy);
    await save(bench);
    bench.model[copy] = text;
  },
  async move(bench) {
    const i = Math.floor(bench.draw.next() * (bench.model.length - 1));
    await key(bench, i, "Alt+Shift+ArrowDown");
    bench.model.splice(i, 2, bench.model[i + 1], bench.model[i]);
  },
  async "change outside"(bench) {
    const i = anyOf(bench);
    bench.model[i] = block(bench, i);
    await writeOutside(bench);
  },
  reload: async ({page}) => void (await page.reload())
};

async function key({page}: Bench, i: number, key: string): Promise<void> {
  const target = page.locator("main > [data-block]").nth(i);
  await target.evaluate((node: HTMLElement) => ((node.tabIndex = -1), node.focus()));
  await page.keyboard.press(key);
}

/** Waits until the file is the model's, byte for byte, and the page shows its blocks; lists that met are one from then on. */
async function agrees(bench: Bench): Promise<void> {
  const {page, preview} = bench;
  const wanted = textOf(bench.model);
  for (let tries = 0; (await preview.get(file)) !== wanted; ++tries) {
    if (tries > 1000) throw new Error(`expected the file\n${wanted}\ngot\n${await preview.get(file)}`);
    await new Promise((next) => setTimeout(next, 50));
  }
  const {blocks, bytes} = parse(wanted);
  const ids = blocks.map(({id}) => id);
  bench.model = blocks.map(({start, end}) => bytes.toString("utf8", start, end));
  const there = (ids: string[]) =>
    String([...document.querySelectorAll<HTMLElement>("main > [data-block]")].map(({dataset}) => dataset.block)) ===
    String(ids);
  await page.waitForFunction(there, ids, {timeout: 120_000});
}

/**
 * Random edits, saves, reloads and changes by another program for so many seconds; the same seed draws
 * the same ones. After each, the file is what was typed and the page shows it.
 *
 * @returns what was done, in order. @throws Error that ends with what was done, when the file and the model differ.
 */
export async function soak(preview: Preview, {seed, seconds}: {seed: number; seconds: number}): Promise<string[]> {
  const draw = rng(seed);
  let n = 0;
  const next = () => ++n;
  const model = kinds.map((make) => make(next()));
  await preview.put(file, textOf(model));
  const {page, errors, close} = await visit(`/${file.replace(".md", "")}`, {site: preview.site, prepare: patient});
  page.on("dialog", (dialog) => dialog.accept());
  const bench = {page, preview, draw, model, next};
  const done: string[] = [];
  const end = Date.now() + 1000 * seconds;
  try {
    await agrees(bench);
    while (Date.now() < end) {
      done.push(among(draw, Object.keys(actions)));
      await actions[done.at(-1)!](bench);
      await closed(bench);
      await agrees(bench);
    }
    return done;
  } catch (error) {
    const seen = await page.locator(".editor, .editor-notice").allInnerTexts();
    const what = `seed ${seed}, after ${done.join("; ")}: ${(error as Error).message}\n${[...seen, ...errors].join("\n")}`;
    throw new Error(what, {cause: error});
  } finally {
    await close();
  }
}
