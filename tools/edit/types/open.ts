import {readFileSync, statSync} from "node:fs";
import {join, resolve} from "node:path";
import type MarkdownIt from "markdown-it";
import {lineOffset, type Page, readPage} from "../../check/page.js";
import {type Snippet, snippets} from "../../check/snippets.js";
import {type VirtualFile, virtualFiles} from "../../check/virtual.js";
import {parsePage} from "../blocks.js";
import type {Question} from "./question.js";

/** An open text among the files that the compiler sees. */
export interface Opened {
  /** The file of the open text, and where in it the text begins. */
  path: string;
  start: number;
  text: string;
  /** All files to lay over the tree: the page's cells, or the component. */
  files: Map<string, string>;
  /** Of a cell: itself, and all snippets of its page with it. */
  cell: VirtualFile | null;
  snippets: Snippet[];
  /** The files of the snippets, in their order. */
  virtual: VirtualFile[];
  /** The cell as it is saved, if it is, and all files with it. */
  was: Snippet[];
  saved(): Map<string, string>;
}

const none = {snippets: [], virtual: [], was: [], saved: () => new Map<string, string>()};
const texts = (files: VirtualFile[]) => new Map(files.map(({path, text}) => [path, text]));

/** Reads pages, each as long as it stays the same, and puts the open text in the place of its cell. */
export function opener(root: string, md: MarkdownIt): (question: Question) => Opened {
  const pages = new Map<string, {stamp: string; page: Page; snippets: Snippet[]; byBlock: Map<string, number>}>();

  function pageOf(name: string) {
    const path = join(root, name);
    const {mtimeMs, size} = statSync(path);
    const stamp = `${mtimeMs} ${size}`;
    const known = pages.get(name);
    if (known?.stamp === stamp) return known;
    const page = readPage(root, name, md);
    const found = snippets(page).snippets;
    const begins = new Map(found.map(({inline, lines}, i) => [inline ? -1 : lines[0], i]));
    const blocks = parsePage(readFileSync(path), md).blocks.filter(({kind}) => kind === "cell");
    const byBlock = new Map(blocks.map(({id, from}) => [id, begins.get(lineOffset(page, from + 1)) ?? -1]));
    const read = {stamp, page, snippets: found, byBlock};
    pages.set(name, read);
    return read;
  }

  return ({file, id, text}) => {
    if (id === null) {
      const path = resolve(root, file).replaceAll("\\", "/");
      return {path, start: 0, text, files: new Map([[path, text]]), cell: null, ...none};
    }
    const {page, snippets, byBlock} = pageOf(file);
    const i = byBlock.get(id) ?? -1; // a block that another program has changed stands after the others
    const language = snippets[i]?.language ?? "ts";
    const own: Snippet = {page, language, inline: false, lines: [0], source: `${text}\n`};
    const all = i < 0 ? [...snippets, own] : snippets.with(i, own);
    const files = virtualFiles(all);
    const cell = files[all.indexOf(own)];
    return {
      ...{path: cell.path, start: cell.start, text, cell, snippets: all, virtual: files},
      ...{files: texts(files), was: i < 0 ? [] : [snippets[i]], saved: () => texts(virtualFiles(snippets))}
    };
  };
}
