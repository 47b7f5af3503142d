import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createMarkdownIt} from "@observablehq/framework/dist/markdown.js";
import {save} from "../edit/save.js";
import {show} from "../edit/show.js";
import {siteMarkdown} from "../site/markdown.js";
import {parsePage} from "../edit/blocks.js";

/**
 * How long a save of a cell takes by itself, with its history, checks and writing through to the disk, but without
 * server and browser. The first one is not counted: it loads the compiler.
 */
export async function savesInProcess(text: string, cell: string, rounds: number): Promise<number[]> {
  const root = await mkdtemp(join(tmpdir(), "saves-"));
  const workshop = {root, md: createMarkdownIt({markdownIt: siteMarkdown("src")}), history: join(root, ".history")};
  try {
    await writeFile(join(root, "page.md"), text);
    const found = parsePage(Buffer.from(text), workshop.md).blocks.find((block) => block.text.includes(cell));
    let block = await show(workshop, "page.md", found!.id);
    const times: number[] = [];
    for (let i = 0; i <= rounds; ++i) {
      const start = performance.now();
      const edit = {do: "replace", file: "page.md", place: block.place, text: `const saved = ${i};`};
      block = (await save(workshop, edit as Parameters<typeof save>[1])).block!;
      times.push(performance.now() - start);
    }
    return times.slice(1);
  } finally {
    await rm(root, {recursive: true});
  }
}
