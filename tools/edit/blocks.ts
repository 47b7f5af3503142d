import {createHash} from "node:crypto";
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import {frontMatter} from "../site/frontMatter.js";
import {type Line, linesOf, normalised, textOf} from "./lines.js";
import {isBlank} from "./text.js";

export type Kind = "cell" | "listing" | "mathematics" | "table" | "container" | "html" | "reference" | "prose";

/** A block of a page at its top level: where its source stands, in bytes, without the ending of its last line. */
export interface Block {
  /** Digest of the block's own text: the same wherever the block stands; `-1`, `-2` … for further copies. */
  id: string;
  kind: Kind;
  /** Language of a fence: `ts`. */
  language: string;
  start: number;
  end: number;
  /** Its lines in the page, the first and the one after the last. */
  from: number;
  to: number;
  /** What the editor shows: the code in a fence, else the block's markdown. Lines end in LF. */
  text: string;
  /** Of a fence: how many lines of code it has, and whether it is closed. */
  fence: {lines: number; closed: boolean} | null;
}

export interface Page {
  bytes: Buffer;
  /** All lines below the front matter. */
  lines: Line[];
  /** Where the markdown begins. */
  body: number;
  blocks: Block[];
}

/** A block as markdown-it found it, by lines. Definitions of links become no token. */
export interface Span {
  token: Token | null;
  id: string;
  from: number;
  to: number;
}

/** The blocks among a page's tokens. The lines are those of the markdown that was parsed, their endings removed. */
export function spansOf(tokens: Token[], lines: string[]): Span[] {
  const copies = new Map<string, number>();
  const found = tokens.flatMap((token): Omit<Span, "id">[] => {
    if (!token.map || token.level !== 0 || token.nesting < 0) return [];
    const [from] = token.map;
    let to = Math.min(token.map[1], lines.length);
    while (to > from + 1 && isBlank(lines[to - 1])) --to; // a list takes the blank lines after it along
    return [{token, from, to}];
  });
  return withReferences(found, lines).map(({token, from, to}) => {
    const digest = createHash("sha256").update(lines.slice(from, to).join("\n")).digest("hex").slice(0, 12);
    const copy = copies.get(digest) ?? 0;
    copies.set(digest, copy + 1);
    return {token, id: copy ? `${digest}-${copy}` : digest, from, to};
  });
}

/** With the definitions of links, `[name]: address`, that stand between the others: lines that no token has. */
function withReferences(spans: Omit<Span, "id">[], lines: string[]): Omit<Span, "id">[] {
  const ends = [...spans, {token: null, from: lines.length, to: lines.length}];
  let line = 0;
  return ends.flatMap((span) => {
    const found: Omit<Span, "id">[] = [];
    while (line < span.from) {
      const from = line++;
      if (!/^ {0,3}\[/.test(lines[from])) continue;
      while (line < span.from && !isBlank(lines[line])) ++line;
      found.push({token: null, from, to: line});
    }
    line = Math.max(line, span.to);
    return span.from < lines.length ? [...found, span] : found;
  });
}

/**
 * A page's blocks with exact byte ranges. Only blocks are parsed, nothing inside them: a page of 1 MB takes some tens of
 * milliseconds.
 * @throws Error if the file is not UTF-8.
 */
export function parsePage(bytes: Buffer, md: MarkdownIt): Page {
  const {content} = frontMatter(textOf(bytes));
  const body = bytes.length - Buffer.byteLength(content);
  const lines = linesOf(bytes, body);
  const source = normalised(content).replaceAll("\0", "\uFFFD"); // as markdown-it does
  const tokens: Token[] = [];
  md.block.parse(source, md, {}, tokens);
  const texts = source.split("\n");
  const blocks = spansOf(tokens, texts).map(({token, id, from, to}): Block => {
    const fence = token?.type === "fence" ? fenceOf(token, to) : null;
    const shown = fence ? token!.content.split("\n").slice(0, fence.lines) : texts.slice(from, to);
    return {
      ...{id, from, to, kind: token ? kindOf(token) : "reference", language: token ? languageOf(token) : "", fence},
      ...{start: lines[from].start, end: lines[to - 1].end, text: shown.join("\n")}
    };
  });
  return {bytes, lines, body, blocks};
}

/** An unclosed fence goes on to the page's end; `to` is the line after its last one that is not blank. */
function fenceOf({content, map}: Token, to: number): {lines: number; closed: boolean} {
  const lines = content === "" ? 0 : content.replace(/\n$/, "").split("\n").length;
  const closed = map![1] - map![0] - 1 > lines;
  return {lines: closed ? lines : to - map![0] - 1, closed};
}

/** The language and the attributes of a fence, as in ```` ```ts run=false ````. */
export const languageOf = (token: Token): string =>
  token.type === "fence" ? (/^\s*([\w-]*)/.exec(token.info)?.[1] ?? "") : "";

const languages = ["ts", "js", "tsx", "jsx", "html", "svg", "tex", "sql", "dot", "mermaid"]; // Framework runs these

export function kindOf(token: Token): Kind {
  if (token.type === "fence")
    return languages.includes(languageOf(token)) && !/\brun\s*=\s*"?false/i.test(token.info) ? "cell" : "listing";
  if (token.type === "code_block") return "prose"; // indented: edited as it stands
  if (/^container_\w+_open$/.test(token.type)) return "container";
  const kinds: Record<string, Kind> = {math_block: "mathematics", table_open: "table", html_block: "html"};
  return kinds[token.type] ?? "prose";
}
