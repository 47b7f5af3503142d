import {readFileSync} from "node:fs";
import {join} from "node:path";
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import type {Equations} from "../math/markdown.js";
import {frontMatter} from "../site/frontMatter.js";
import type {Problem} from "./problem.js";

/** A page's source with its markdown tokens, and the way from either back to a place in the file. */
export interface Page {
  /** Path of the file below the source root: `week2/resnet-from-scratch.md`. */
  name: string;
  /** Path of the page in the site: `/week2/resnet-from-scratch`. */
  path: string;
  /** The file as messages name it. */
  file: string;
  text: string;
  /** Offset in `text` of each line. */
  lineStarts: number[];
  /** The line, from 0, at which the markdown begins after the front matter. */
  firstLine: number;
  tokens: Token[];
  equations: Equations;
  problems: Problem[];
}

export function readPage(root: string, name: string, md: MarkdownIt): Page {
  const file = join(root, name).replaceAll("\\", "/");
  const text = readFileSync(file, "utf8");
  const {content, problem} = frontMatter(text);
  const path = `/${name.replace(/\.md$/, "")}`;
  const environment = {code: [], startLine: 0, currentLine: 0, path, equations: new Map()};
  const tokens = md.parse(content, environment);
  const lineStarts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) lineStarts.push(i + 1);
  const firstLine = text.slice(0, text.length - content.length).split("\n").length - 1;
  const problems = problem ? [{file, line: problem.line, column: 1, message: problem.message}] : [];
  return {name, path, file, text, lineStarts, firstLine, tokens, equations: environment.equations, problems};
}

/** A problem at an offset of the page's text. */
export function problemAt(page: Page, offset: number, message: string): Problem {
  let line = page.lineStarts.findIndex((start) => start > offset);
  if (line < 0) line = page.lineStarts.length;
  return {file: page.file, line, column: offset - page.lineStarts[line - 1] + 1, message};
}

/** The offset of a line of the markdown, counted from 0 as markdown-it does. */
export const lineOffset = (page: Page, line: number): number =>
  page.lineStarts[Math.min(line + page.firstLine, page.lineStarts.length - 1)];

/**
 * The offset of each line of a block's content, whose first line stands on line `from` of the markdown. A fence in a
 * list, a quotation, a formula after `$$`: what markdown took away at the front of a line is found again.
 */
export function contentOffsets(page: Page, from: number, content: string): number[] {
  return content.split("\n").map((line, i) => {
    const start = lineOffset(page, from + i);
    const end = page.text.indexOf("\n", start);
    const found = page.text.slice(start, end < 0 ? undefined : end).lastIndexOf(line);
    return start + Math.max(0, found);
  });
}

/** The offset in the page of an offset in a content, by the offsets of its lines. */
export function mapOffset(content: string, lines: number[], offset: number): number {
  const before = content.slice(0, offset).split("\n");
  return (lines[before.length - 1] ?? lines.at(-1)!) + before.at(-1)!.length;
}
