import {mkdir, writeFile} from "node:fs/promises";
import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import he from "he";
import type MarkdownIt from "markdown-it";
import {type PageSource, spareRoot} from "../../../src/components/ui/editing/pageSource.js";
import {digestOf} from "../../edit/digest.js";
import {browserScript} from "../assets.js";
import {toRoot} from "../head.js";
import {modulesOf} from "./modules.js";
import {numbered} from "./pageSource.js";

/** A build of Framework's: its folder and the names of all files there, the source root, and the parser of the pages. */
export interface Built {
  out: string;
  names: string[];
  root: string;
  md: MarkdownIt;
}

const folder = "assets/edit";

/**
 * Makes pages ones that their readers can edit: gives each the button's script and writes its sources beside it, which
 * nobody loads before the editor is asked for. Returns a function from a page's name and HTML to its HTML.
 */
export async function publisher({
  out,
  names,
  root,
  md
}: Built): Promise<(name: string, html: string) => Promise<string>> {
  const script = await browserScript("editLater.ts", "iife");
  const fileOf = (pattern: RegExp) => names.find((name) => pattern.test(name))!;
  const client = fileOf(/^_observablehq\/client\.\w+\.js$/);
  const runtime = fileOf(/^_observablehq\/runtime\.\w+\.js$/);
  const modules = await write(out, "modules", modulesOf(names));

  return async (name, html) => {
    const file = name.replace(/\.html$/, ".md");
    if (!existsSync(join(root, file)) || file === "404.md") return html.replace(/ data-block="[\w-]+"/g, "");
    const {html: withNumbers, source} = await numbered(html, root, file, md);
    const page: PageSource = {...source, client, runtime, modules};
    const written = await write(out, file.replace(/\.md$/, ""), page);
    const attributes = `data-root="${toRoot(`/${name}`)}" data-file="${he.escape(file)}" data-source="${he.escape(written)}"`;
    return withNumbers
      .replace("</head>", () => `<script ${attributes}>${script}</script>\n</head>`)
      .replace("</body>", () => `<!--:${spareRoot}:--></body>`);
  };
}

/** Writes a file whose name says what it holds, so that a page never meets the sources of another build's. */
async function write(out: string, name: string, content: unknown): Promise<string> {
  const text = JSON.stringify(content);
  const path = `${folder}/${name}.${digestOf(Buffer.from(text)).slice(0, 8)}.json`;
  await mkdir(dirname(join(out, path)), {recursive: true});
  await writeFile(join(out, path), text);
  return path;
}
