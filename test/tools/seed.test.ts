import {existsSync, mkdtempSync, readFileSync, rmSync, statSync} from "node:fs";
import {mkdir, rename} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import ts from "typescript";
import {afterAll, beforeAll, expect, test} from "vitest";
import {seed} from "../../tools/framework/seed.js";

const root = mkdtempSync(join(tmpdir(), "seed-"));
const cache = join(root, ".observablehq", "cache");
const version = (name: string) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
const npm = (name: string) => join(cache, "_npm", `${name}@${version(name)}`, "_esm.js");
const node = (name: string) => join(cache, "_node", `${name}@${version(name)}`, "index.js");

beforeAll(async () => {
  await mkdir(join(cache, "_npm", "d3@999.0.0"), {recursive: true}); // left over from another installation
  await seed(root);
}, 120_000);
afterAll(() => rmSync(root, {recursive: true}));

test("Plot loads the part of d3 it uses, and d3 is that part and the rest", () => {
  const importsOf = (name: string) => ts.preProcessFile(readFileSync(npm(name), "utf8")).importedFiles;
  const plot = new Set(importsOf("@observablehq/plot").map(({fileName}) => fileName));
  expect(plot).toEqual(
    new Set([`../../d3@${version("d3")}/core.js`, `../../isoformat@${version("isoformat")}/_esm.js`])
  );
  expect(importsOf("d3").map(({fileName}) => fileName)).toContain("./core.js");
});

test("d3 has every name that the package has", async () => {
  const d3 = await import(pathToFileURL(npm("d3")).href);
  expect(Object.keys(d3).sort()).toEqual(Object.keys(await import("d3")).sort());
});

test("there is one tfjs, which imports nothing; the backends' own names lead to it", () => {
  const tfjs = ts.preProcessFile(readFileSync(node("@tensorflow/tfjs"), "utf8"));
  expect(tfjs.importedFiles).toEqual([]);
  const exported = readFileSync(node("@tensorflow/tfjs"), "utf8").slice(-60_000); // esbuild's export list comes last
  const facades = {
    "@tensorflow/tfjs-backend-wasm": ["setWasmPaths", "setThreadsCount", "getThreadsCount"],
    "@tensorflow/tfjs-backend-webgpu": ["WebGPUBackend"]
  };
  for (const [name, names] of Object.entries(facades)) {
    const from = `"../tfjs@${version("@tensorflow/tfjs")}/index.js"`;
    expect(readFileSync(node(name), "utf8")).toBe(`export {${names.join(", ")}} from ${from};\n`);
    for (const one of names) expect(exported).toMatch(new RegExp(`as ${one}[,}]`));
  }
});

test("the WebAssembly that components resolve is there before Framework copies it", () => {
  const folder = join(
    cache,
    "_node",
    `@tensorflow/tfjs-backend-wasm@${version("@tensorflow/tfjs-backend-wasm")}`,
    "dist"
  );
  for (const kind of ["", "-simd", "-threaded-simd"])
    expect([...readFileSync(join(folder, `tfjs-backend-wasm${kind}.wasm`)).subarray(0, 4)]).toEqual([0, 97, 115, 109]);
});

test("a version that is not installed does not stay to win over the installed one", () => {
  expect(existsSync(join(cache, "_npm", "d3@999.0.0"))).toBe(false);
});

test("seeding again changes nothing; a lost stamp seeds anew", async () => {
  const before = statSync(node("@tensorflow/tfjs")).mtimeMs;
  await seed(root);
  expect(statSync(node("@tensorflow/tfjs")).mtimeMs).toBe(before);
  await rename(join(cache, "seed.txt"), join(cache, "old.txt"));
  await Promise.all([seed(root), seed(root)]); // as a preview and a build at the same time would
  expect(statSync(node("@tensorflow/tfjs")).mtimeMs).toBeGreaterThan(before);
  expect(existsSync(npm("d3"))).toBe(true);
}, 120_000);
