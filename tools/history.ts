import {readdir, readFile} from "node:fs/promises";
import {existsSync} from "node:fs";
import {commandLine} from "./commandLine.js";
import {digestOf} from "./edit/digest.js";
import {historyFolder, keep, versions} from "./edit/history.js";
import {editable} from "./edit/paths.js";
import {writeWhole} from "./edit/write.js";

/**
 * npm run history                              the files of which versions were kept
 * npm run history -- week2/page.md             its versions, the newest last
 * npm run history -- week2/page.md --show 1f2e     one of them, by the beginning of its digest
 * npm run history -- week2/page.md --restore 1f2e  puts it back; what stands there now is kept first
 */
const {values, positionals} = commandLine("history", {
  options: {show: {type: "string"}, restore: {type: "string"}},
  allowPositionals: true
});
try {
  const [file] = positionals;
  if (!file) await listFiles();
  else if (values.show) process.stdout.write(await readFile((await version(file, values.show)).path));
  else if (values.restore) await restore(file, values.restore);
  else for (const {time, digest} of await versions(file)) console.log(`${digest}  ${time.toLocaleString()}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function listFiles(): Promise<void> {
  const entries = existsSync(historyFolder) ? await readdir(historyFolder, {recursive: true, withFileTypes: true}) : [];
  const folders = new Set(entries.filter((entry) => entry.isFile()).map(({parentPath}) => parentPath));
  const names = [...folders].map((path) => path.slice(historyFolder.length + 1).replaceAll("\\", "/"));
  for (const name of names.sort()) {
    const {length} = await versions(name);
    console.log(`${name}  ${length} ${length === 1 ? "version" : "versions"}`);
  }
  if (!names.length) console.log("Nothing was edited in the page yet.");
}

async function version(file: string, digest: string) {
  const found = (await versions(file)).filter((version) => version.digest.startsWith(digest));
  if (!found.length)
    throw new Error(`history: expected a version of ${file}, got no digest that begins with ${digest}`);
  return found.at(-1)!;
}

async function restore(name: string, digest: string): Promise<void> {
  const {path} = await version(name, digest);
  const file = await editable("src", name);
  const [now, then] = [await readFile(file.path), await readFile(path)];
  await keep(file.name, now);
  if (await writeWhole(file.path, then, now)) throw new Error(`history: expected ${name} to rest, it is being written`);
  console.log(`${name} is version ${digestOf(then).slice(0, 12)} again; ${digestOf(now).slice(0, 12)} was kept.`);
}
