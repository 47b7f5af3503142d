import {EditError} from "../editorStore.js";
import type {CellSource, CompiledCell} from "./compile.js";
import {type RenderTex, renderFormulas} from "./formulas.js";
import type {PageSource, PublishedBlock} from "./pageSource.js";
import type {RenderedProse} from "./prose.js";

/** What only some edits need; each is loaded when it is. */
export interface Parts {
  compiler(): Promise<{compileCell(source: CellSource): CompiledCell}>;
  /** Takes the types out of TypeScript. */
  types(): Promise<{typeless(source: string): string}>;
  /** Markdown; with the parser of cells when the text has some. */
  prose(cells: boolean, numbers: Record<string, number>): Promise<(text: string, path: string) => RenderedProse>;
  formulas(): Promise<{renderTex: RenderTex}>;
}

/** A block with another text, ready to take the place of the one that is shown. Nothing of it has run. */
export interface Prepared {
  element: HTMLElement;
  cells: {root: Comment; cell: CompiledCell}[];
}

type Collected = Pick<CellSource, "id" | "source" | "inline"> & {language: string; at: string};

let count = 0;
const newId = () => `edit${++count}`; // no cell of the build has such an id

/** Makes what the page shows of a block with another text. @throws EditError (422) if it cannot be compiled. */
export async function prepare(
  page: PageSource,
  block: PublishedBlock,
  text: string,
  {parts, modules, root}: {parts: Parts; modules(): Promise<Record<string, string>>; root: URL}
): Promise<Prepared> {
  const path = `/${page.file.replace(/\.md$/, "")}`;
  const element = document.createElement("div");
  const sources: Collected[] = [];
  if (block.kind === "cell") {
    element.className = "observablehq observablehq--block";
    if (asks.test(fenceOf(block))) element.dataset.run = "ask"; // as published, it waits for the reader
    const id = newId();
    element.append(document.createComment(`:${id}:`));
    sources.push({id, at: id, source: text, language: block.language === "js" ? "js" : "ts"});
  } else {
    const render = await parts.prose(/\$\{|^ *(```|~~~)/m.test(text), page.equations);
    const {html, cells} = render(block.kind === "listing" ? listing(block, text) : text, path);
    element.innerHTML = html;
    await renderFormulas(element, parts.formulas).catch((error: Error) => {
      throw new EditError(error.message, 422);
    });
    addressLinks(element, root);
    for (const {id, mode, node} of cells) sources.push({id: newId(), at: id, ...node, inline: mode === "inline"});
  }
  if (!sources.length) return {element, cells: []};
  const typed = sources.some(({language}) => language === "ts");
  const [{compileCell}, types] = await Promise.all([parts.compiler(), typed ? parts.types() : null]);
  const known = sources.some(({source}) => /\bimport\b/.test(source)) ? await modules() : {};
  const resolve = (name: string) => moduleAddress(known, name, path, root);
  const cells = sources.map(({at, language, ...source}) => {
    const javascript = language === "ts" ? types!.typeless(source.source) : source.source;
    const cell = compileCell({...source, javascript, path, resolve});
    return {root: commentOf(element, at), cell};
  });
  return {element, cells};
}

/** The line that opens a block's fence. */
const fenceOf = ({lead}: PublishedBlock) => lead.slice(lead.lastIndexOf("\n", lead.length - 2) + 1);
const asks = /\brun\s*=\s*"?ask\b/; // as tools/edit/marks.ts reads it
const listing = (block: PublishedBlock, text: string) => `${fenceOf(block)}${text}\n`;

/** Where a module of the site is. A relative name goes from the page. */
function moduleAddress(modules: Record<string, string>, name: string, page: string, root: URL): string {
  const local = /^\.{0,2}\//.test(name) ? new URL(name, `file://${page}`).pathname : name;
  const file = Object.hasOwn(modules, local) ? modules[local] : undefined;
  if (!file) throw new SyntaxError(`no page of this site uses ${name}, so it is not here to import`);
  return new URL(file, root).href;
}

/** A link from the site's root begins with a slash; the site may stand below a base path. */
function addressLinks(element: Element, root: URL): void {
  for (const link of element.querySelectorAll('a[href^="/"]')) {
    const href = link.getAttribute("href")!;
    if (!href.startsWith("//")) link.setAttribute("href", new URL(href.slice(1), root).href);
  }
}

function commentOf(element: Element, id: string): Comment {
  const comments = document.createNodeIterator(element, NodeFilter.SHOW_COMMENT);
  for (let node = comments.nextNode(); node; node = comments.nextNode())
    if ((node as Comment).data === `:${id}:`) return node as Comment;
  throw new Error(`prepare: expected a place for the cell ${id}, got none`);
}
