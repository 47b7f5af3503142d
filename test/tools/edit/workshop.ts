import {mkdir, mkdtemp, readFile, realpath, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {siteMarkdown} from "../../../tools/site/markdown.js";
import {type Page, parsePage} from "../../../tools/edit/blocks.js";
import type {Workshop} from "../../../tools/edit/show.js";

/** The parser of the site. */
export const {md} = normalizeConfig({root: "src", markdownIt: siteMarkdown("src")}, "src");

export const parse = (text: string | Uint8Array): Page => parsePage(Buffer.from(text as string), md);

export interface Bench extends Required<Workshop> {
  put(name: string, content: string | Uint8Array): Promise<string>;
  get(name: string): Promise<string>;
  folder: string;
}

/** A source root of its own with a history, in a temporary folder. */
export async function bench(): Promise<Bench> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "edit-")));
  const root = join(folder, "src");
  await mkdir(root);
  return {
    ...{folder, root, md, history: join(folder, ".history")},
    async put(name, content) {
      await mkdir(dirname(join(root, name)), {recursive: true});
      await writeFile(join(root, name), content);
      return join(root, name);
    },
    get: (name) => readFile(join(root, name), "utf8")
  };
}
