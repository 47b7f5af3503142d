import {writeFile} from "node:fs/promises";
import {format, resolveConfig} from "prettier";

/** Replaces a module of results, which pages import: in the project's format. */
export async function writeModule(path: string, source: string): Promise<void> {
  await writeFile(path, await format(source, {...(await resolveConfig(path)), parser: "typescript"}));
  console.log(`${path} has the results; commit it, and the pages show them.`);
}
