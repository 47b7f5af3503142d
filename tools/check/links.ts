import {existsSync, readFileSync} from "node:fs";
import {join, relative} from "node:path/posix";
import {pdfFolder} from "../pdf/name.js";
import {problemAt, type Page} from "./page.js";
import type {Problem} from "./problem.js";
import {walk} from "./walk.js";

/** Places of a page that a link may lead to. */
export function anchors(page: Page): Set<string> {
  const ids = [...page.equations.keys()].map((label) => `eq-${label}`);
  for (const {token} of walk(page)) {
    const id = token.attrGet("id");
    if (id) ids.push(id);
    if (isHtml(token.type)) ids.push(...attributes(token.content, ["id", "name"]).map(({value}) => value));
  }
  return new Set(ids);
}

/** Links and images that lead nowhere, and anything that the page would load from elsewhere. */
export function linkProblems(page: Page, pages: Map<string, Set<string>>, root: string): Problem[] {
  const problems: Problem[] = [];
  const report = (offset: number, message: string | undefined) =>
    message && problems.push(problemAt(page, offset, message));
  for (const {token, find} of walk(page)) {
    if (token.type === "link_open") {
      const href = token.attrGet("href")!;
      const message = linkProblem(href, page.path, pages, root);
      if (message) report(find(decodeURI(href)), message);
    } else if (token.type === "image") {
      const src = token.attrGet("src")!;
      const message = sourceProblem(src, page.path, root);
      if (message) report(find(decodeURI(src)), message);
    } else if (isHtml(token.type)) {
      for (const {value, text} of attributes(token.content, ["href"])) {
        const loads = token.content.includes("<link");
        report(find(text), loads ? sourceProblem(value, page.path, root) : linkProblem(value, page.path, pages, root));
      }
      for (const {value, text} of attributes(token.content, ["src"]))
        report(find(text), sourceProblem(value, page.path, root));
    }
  }
  return problems;
}

const isHtml = (type: string) => type === "html_block" || type === "html_inline";

function attributes(html: string, names: string[]): {value: string; text: string}[] {
  const pattern = new RegExp(`\\s(?:${names.join("|")})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");
  return [...html.matchAll(pattern)].map(([text, a, b]) => ({value: a ?? b, text: text.trimStart()}));
}

function linkProblem(href: string, from: string, pages: Map<string, Set<string>>, root: string): string | undefined {
  if (/^(https?|mailto):/.test(href)) return undefined; // a link may lead out; nothing is loaded
  const [path, anchor] = href.split("#");
  const target = targetOf(path, from);
  const ids = pages.get(target);
  if (!ids) return isFile(target, root) ? undefined : `no page ${href}`;
  return !anchor || ids.has(decodeURIComponent(anchor)) ? undefined : `no place #${anchor} on ${target}`;
}

/** Whether a file of the site that is no page stands there: one of the sources, or a printed page. */
const isFile = (target: string, root: string): boolean =>
  /\.\w+$/.test(target) && (existsSync(join(root, target)) || existsSync(join(pdfFolder, relative("/pdf", target))));

/** The page path that a link means: `./`, `../week1/`, `/week2/page.html?x` or nothing for this page. */
function targetOf(path: string, from: string): string {
  const plain = decodeURI(path.split("?")[0]);
  if (plain === "") return from;
  const joined = plain.startsWith("/") ? join("/", plain) : join(from, "..", plain);
  return joined.endsWith("/") ? `${joined}index` : joined.replace(/\.html$/, "");
}

function sourceProblem(src: string, from: string, root: string): string | undefined {
  if (src.startsWith("data:")) return undefined;
  if (/^(\w+:|\/\/)/.test(src)) return `${src} lies outside the site`;
  return existsSync(join(root, targetOf(src, from))) ? undefined : `no file ${src}`;
}

/** What a style sheet would load from elsewhere. */
export function styleProblems(file: string): Problem[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, i) =>
    [...line.matchAll(/(?:url\(\s*|@import\s+)["']?((?:https?:)?\/\/[^"')\s]+)/g)].map(({0: text, 1: url, index}) => {
      return {file, line: i + 1, column: index + text.indexOf(url) + 1, message: `${url} lies outside the site`};
    })
  );
}
