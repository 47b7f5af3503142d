import type MarkdownIt from "markdown-it";
import type {RenderRule} from "markdown-it/lib/renderer.mjs";
import type Token from "markdown-it/lib/token.mjs";
import {diffArrays} from "diff";
import he from "he";
import {kindOf} from "./blocks.js";
import {standsFor} from "./lastGoodModules.js";

/** Code of a page as its file has it, and as it was when it last parsed. */
interface Written {
  info: string;
  content: string;
  good?: Written;
}

/**
 * Lets a cell or a value that another program left unable to parse stand as it was when it last did, with a sentence
 * beside it: Framework would put the error in the place of its result. Only for the preview, which renders a page again
 * and again; the editor itself saves nothing that does not parse (parse.ts). What the page held is known until the
 * preview ends. A module that a cell imports stands likewise (lastGoodModules.ts).
 */
export function lastGood(md: MarkdownIt, root: string): MarkdownIt {
  const pages = new Map<string, Written[]>();
  const places = new WeakMap<Token, {page: Written[]; i: number}>();
  const earlier = new WeakMap<object, Written[]>(); // the page as it was before this rendering
  md.core.ruler.push("last_good", ({tokens}) => {
    const code = tokens.flatMap((token) => [token, ...(token.children ?? [])]).filter(isCode);
    const page = code.map(({info, content}): Written => ({info, content}));
    code.forEach((token, i) => places.set(token, {page, i}));
  });
  for (const type of ["fence", "placeholder"]) {
    const render = md.renderer.rules[type] as RenderRule;
    md.renderer.rules[type] = (tokens, i, options, env: {path: string}, self) => {
      const token = tokens[i];
      const place = places.get(token);
      const html = render(tokens, i, options, env, self);
      if (!place) return html;
      const {page, i: at} = place;
      if (!earlier.has(env)) earlier.set(env, pages.get(env.path) ?? []);
      pages.set(env.path, page);
      const fault = failed.exec(html)?.[1];
      const good = fault === undefined ? page[at] : counterpart(earlier.get(env)!, page, at)?.good;
      page[at].good = good;
      if (fault === undefined && type === "fence") return withModule(html, standsFor(root, env, token.content));
      if (fault === undefined || !good) return html;
      Object.assign(token, {info: good.info, content: good.content});
      const stands = render(tokens, i, options, env, self);
      token.content = page[at].content;
      return stands.replace(/<!--:[\w-]+:-->/, (root) => root + notice(fault, type === "fence" ? "p" : "span"));
    };
  }
  return md;
}

const isCode = (token: Token): boolean =>
  token.type === "placeholder" || (token.type === "fence" && kindOf(token) === "cell");

/** What Framework shows in the place of what does not parse. */
const failed = /^<(?:div|span) class="observablehq[^>]*>(?:\s*<div [^>]*observablehq--error">)?SyntaxError: ([^]*?)<\//;

function notice(fault: string, tag: string): string {
  const [, line, text] = /&lt;stdin&gt;:(\d+):\d+: ERROR: ([^]*)/.exec(fault) ?? []; // of TypeScript
  const [, words, row] = /^([^]*?) \((\d+):\d+\)$/.exec(fault) ?? [undefined, text ?? fault, line]; // of JavaScript
  const where = row ? `Line ${row}` : "The code";
  const sentence = `${where} does not parse as it stands in the file: ${words}. The last good result is shown.`;
  return `<${tag} class="cell-fault">${sentence}</${tag}>`;
}

/** A cell with a sentence about a module of it that stands as it last parsed. */
function withModule(html: string, module?: {file: string; fault: string}): string {
  if (!module) return html;
  const sentence = `src/${module.file} as it stands: ${he.escape(module.fault)}. The last good result is shown.`;
  return html.replace(/<!--:[\w-]+:-->/, (root) => `${root}<p class="cell-fault">${sentence}</p>`);
}

/** The same code on the page before: what is unchanged, or among what has changed in one place the most similar. */
function counterpart(before: Written[], page: Written[], at: number): Written | undefined {
  const [old, made] = [before, page].map((list) => list.map(({info, content}) => `${info}\n${content}`));
  let [i, j] = [0, 0];
  let [gone, come]: number[][] = [[], []];
  for (const {count, added, removed} of [...diffArrays(old, made), {count: 0, added: false, removed: false}]) {
    const indices = Array.from({length: count}, (_, k) => k);
    if (removed)
      gone = indices.map((k) => i + k).filter((k) => !made.includes(old[k])); // it stands elsewhere
    else if (added) come = indices.map((k) => j + k);
    else {
      if (come.includes(at)) return before[pairs(gone, come, (i, j) => likeness(old[i], made[j])).get(at) ?? -1];
      if (at >= j && at < j + count) return before[i + at - j];
      [gone, come] = [[], []];
    }
    if (!added) i += count;
    if (!removed) j += count;
  }
  return undefined;
}

/** Gives each of the ones that came the most similar of those that went, the best pairs first. */
function pairs(gone: number[], come: number[], like: (i: number, j: number) => number): Map<number, number> {
  const all = come.flatMap((j) => gone.map((i) => ({i, j, like: like(i, j)}))).filter(({like}) => like >= 0);
  all.sort((a, b) => b.like - a.like);
  const found = new Map<number, number>();
  for (const {i, j} of all) if (!found.has(j) && ![...found.values()].includes(i)) found.set(j, i);
  return found;
}

/** The part of two texts that is common at their beginnings and ends; texts of two kinds have none. */
function likeness(one: string, two: string): number {
  if (one.startsWith("\n") !== two.startsWith("\n")) return -1; // a value, which has no fence
  const most = Math.min(one.length, two.length);
  let head = 0;
  while (head < most && one[head] === two[head]) ++head;
  let tail = 0;
  while (tail < most - head && one.at(-1 - tail) === two.at(-1 - tail)) ++tail;
  return (head + tail) / Math.max(one.length, two.length, 1);
}
