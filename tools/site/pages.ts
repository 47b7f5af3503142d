import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import type {SidebarSection} from "@observablehq/framework/dist/config.js";
import {frontMatter} from "./frontMatter.js";

/** What a page says of itself at its top, and where it stands. */
export interface PageInfo {
  /** Path of the page in the site: `/week2/resnet-from-scratch`. */
  path: string;
  title: string;
  /** Place within its week; pages without one come last, by name. */
  order: number;
  /** One sentence, for search engines and link previews. */
  description: string;
  /** On how many pages of paper it must fit, where it says so. */
  pages?: number;
}

export const weeks = [
  "Week 1 · Mathematics",
  "Week 2 · Core deep learning",
  "Week 3 · Self-supervision, transformers",
  "Week 4 · Explanation, vision, diffusion"
];

/** The front matter of the page at a path, or undefined when there is no such file. */
export function pageInfo(root: string, path: string): PageInfo | undefined {
  let source: string;
  try {
    source = readFileSync(join(root, `${path}.md`), "utf8");
  } catch {
    return undefined;
  }
  const {data, content} = frontMatter(source);
  const heading = /^# (.+)$/m.exec(content)?.[1];
  return {
    path,
    title: String(data.title ?? heading ?? path.split("/").at(-1)),
    order: typeof data.order === "number" ? data.order : Infinity,
    description: String(data.description ?? ""),
    ...(typeof data.pages === "number" ? {pages: data.pages} : {})
  };
}

/** Pages that serve all weeks. */
const shared = ["/notation", "/glossary", "/benchmark"];

/**
 * The sidebar: four weeks, each with the pages that exist, and the pages that serve all of them. A week without pages
 * leads to its part of the programme.
 */
export function sidebar(root: string): SidebarSection[] {
  const found = shared
    .flatMap((path) => pageInfo(root, path) ?? [])
    .map(({title, path}) => ({name: title, path, pager: null}));
  const reference = {name: "Reference", collapsible: true, open: true, path: null, pager: null, pages: found};
  const sections = weeks.map((name, i) => {
    const pages = pagesOf(root, `/week${i + 1}`).map(({title, path}) => ({name: title, path, pager: "main"}));
    const path = pages.length ? null : `/index#week-${i + 1}`;
    return {name, collapsible: pages.length > 0, open: true, path, pager: pages.length ? "main" : null, pages};
  });
  return found.length ? [...sections, reference] : sections;
}

/** All pages below the root: `index`, `week2/resnet-from-scratch`. */
export const pageNames = (root: string): string[] =>
  readdirSync(root, {recursive: true, encoding: "utf8"})
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".md") && !name.startsWith("."))
    .map((name) => name.slice(0, -".md".length));

function pagesOf(root: string, folder: string): PageInfo[] {
  let names: string[];
  try {
    names = readdirSync(join(root, folder));
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".md"))
    .map((name) => pageInfo(root, `${folder}/${name.slice(0, -".md".length)}`)!)
    .sort((a, b) => (a.order === b.order ? a.title.localeCompare(b.title, "en") : a.order - b.order));
}
