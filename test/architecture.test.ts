import {existsSync, readdirSync, readFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {importsOf, violations, type Source} from "./architecture.js";

const root = path.resolve(import.meta.dirname, "..");

const project: Source[] = ["src", "tools", "headless", "test"]
  .filter((folder) => existsSync(path.join(root, folder)))
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), {recursive: true, encoding: "utf8"}).map((name) => `${folder}/${name}`)
  )
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => /\.(ts|md)$/.test(file) && !file.includes(".observablehq"))
  .map((file) => ({path: file, text: readFileSync(path.join(root, file), "utf8")}));

const breaches = violations(project); // reads 300 files, once: here no test's time limit counts it

test("the project keeps the house's rules", () => {
  expect(project.filter(({path: file}) => file.startsWith("src/components/")).length).toBeGreaterThan(50);
  expect(breaches).toEqual([]);
});

test("every relative import of the project means a file that is there", () => {
  const there = new Set(project.map(({path: file}) => file));
  const missing = project.flatMap((source) =>
    importsOf(source)
      .filter(({file}) => file?.endsWith(".ts") && !there.has(file))
      .map(({name}) => `${source.path}: ${name}`)
  );
  expect(missing).toEqual([]);
});

test("every package that is imported is one the project names itself", () => {
  const {dependencies, devDependencies, optionalDependencies} = JSON.parse(
    readFileSync(path.join(root, "package.json"), "utf8")
  ) as Record<string, Record<string, string>>;
  const packages = project.flatMap((source) =>
    importsOf(source)
      .filter(({name}) => !/^(\.|node:|observablehq:)/.test(name))
      .map(({name}) => /^(@[^/]+\/)?[^/]+/.exec(name.replace(/^npm:/, ""))![0])
  );
  const named = new Set(Object.keys({...dependencies, ...devDependencies, ...optionalDependencies}));
  expect([...new Set(packages)].filter((name) => !named.has(name))).toEqual([]);
});

/** What one synthetic source, or several, would be told. */
const told = (files: Record<string, string>) =>
  violations(Object.entries(files).map(([file, text]) => ({path: `src/components/${file}`, text})));

test("imports go down, and siblings of ranks 1 and 2 keep apart", () => {
  const text = (from: string) => `import {f} from "../${from}.js";\nexport const g = f;`;
  expect(told({"layers/a.ts": text("models/resnet")})).toEqual([
    "src/components/layers/a.ts: imports ../models/resnet.js: layers is not above models"
  ]);
  for (const [file, from] of [
    ["ops/a.ts", "layers/linear"],
    ["losses/a.ts", "layers/linear"],
    ["optimizers/a.ts", "losses/mse"],
    ["models/a.ts", "losses/mse"],
    ["models/a.ts", "train/fit"],
    ["math/a.ts", "tensor/tree"],
    ["tensor/a.ts", "math/random"],
    ["data/a.ts", "train/task"],
    ["plots/a.ts", "train/task"],
    ["ssl/a.ts", "models/resnet"],
    ["train/a.ts", "ui/check"],
    ["train/a.ts", "../week2/resnetTask"]
  ])
    expect(told({[`${file}`]: text(from)}), `${file} from ${from}`).toHaveLength(1);
  for (const [file, from] of [
    ["layers/a.ts", "ops/conv2d"],
    ["layers/a.ts", "layers/init"],
    ["models/a.ts", "layers/linear"],
    ["ssl/a.ts", "models/model"],
    ["evaluate/a.ts", "data/records"],
    ["ui/a.ts", "plots/figure"]
  ])
    expect(told({[`${file}`]: text(from)}), `${file} from ${from}`).toEqual([]);
  expect(told({"extra/a.ts": "export {};"})).toEqual([
    "src/components/extra/a.ts: is in components/extra, which has no place in the order of imports"
  ]);
  expect(told({"layers/a.ts": 'export * from "../models/resnet.js";'})).toHaveLength(1);
  expect(told({"layers/a.ts": 'import type {A} from "../models/resnet.js";'})).toHaveLength(1);
  expect(told({"layers/a.ts": 'const f = () => import("../models/resnet.js");'})).toHaveLength(1);
});

test("plots, data and math know no tfjs, not even its types, and there is one tfjs", () => {
  for (const folder of ["plots", "data", "math"]) {
    expect(told({[`${folder}/a.ts`]: 'import * as tf from "@tensorflow/tfjs";'})[0]).toContain("knows no tfjs");
    expect(told({[`${folder}/a.ts`]: 'import type * as tf from "@tensorflow/tfjs";'})).toHaveLength(1);
  }
  for (const name of ["@tensorflow/tfjs-core", "npm:@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"])
    expect(told({"layers/a.ts": `import * as tf from "${name}";`})).toEqual([
      `src/components/layers/a.ts: imports ${name}, not @tensorflow/tfjs`
    ]);
  expect(told({"ops/a.ts": 'const f = () => import("@tensorflow/tfjs-backend-wasm");'})).toEqual([]);
  const rival = (path: string, text: string) => violations([{path, text}]).length;
  expect(rival("src/benchmark/a.ts", 'const f = () => import("@tensorflow/tfjs-layers");')).toBe(0);
  expect(rival("src/benchmark/a.ts", 'import {input} from "@tensorflow/tfjs-layers";')).toBe(1);
  expect(rival("src/week2/a.ts", 'const f = () => import("@tensorflow/tfjs-layers");')).toBe(1);
});

test("the main thread loads tfjs neither directly nor through a chain of static imports", () => {
  const chain = {
    "ui/panel.ts": 'import {run} from "../train/client.js";',
    "train/client.ts": 'import {step} from "./fit.js";',
    "train/fit.ts": 'import * as tf from "@tensorflow/tfjs";'
  };
  expect(told(chain)).toEqual([
    "src/components/ui/panel.ts: loads tfjs in the main thread by " +
      "src/components/train/client.ts → src/components/train/fit.ts → @tensorflow/tfjs"
  ]);
  expect(told({...chain, "train/client.ts": 'import type {step} from "./fit.js";'})).toEqual([]);
  expect(told({...chain, "train/client.ts": 'const step = () => import("./fit.js");'})).toEqual([]);
  expect(told({...chain, "train/client.ts": 'import {type step} from "./fit.js";'})).toHaveLength(1);
  const page = (cell: string) => violations([{path: "src/week1/a.md", text: `Text\n\n\`\`\`ts\n${cell}\n\`\`\`\n`}]);
  expect(page('import * as tf from "@tensorflow/tfjs";')).toHaveLength(1);
  expect(page('const tf = await import("@tensorflow/tfjs");')).toEqual([]);
});

test("only plots and ui touch the document", () => {
  expect(told({"train/a.ts": 'document.title = "x";'})).toEqual(["src/components/train/a.ts: touches document"]);
  expect(told({"train/a.ts": 'globalThis.document.title = "x";'})).toHaveLength(1);
  expect(told({"ui/a.ts": 'document.title = "x";'})).toEqual([]);
  expect(told({"train/a.ts": "const f = (run: {document: string}) => run.document; // the document"})).toEqual([]);
});

test("nothing under src needs Node, and relative imports end in .js", () => {
  expect(told({"data/a.ts": 'import {readFileSync} from "node:fs";'})).toEqual([
    "src/components/data/a.ts: imports node:fs"
  ]);
  expect(violations([{path: "tools/a.ts", text: 'import {readFileSync} from "node:fs";'}])).toEqual([]);
  for (const name of ["./log", "./log.ts"])
    expect(told({"math/a.ts": `import {log} from "${name}";`})).toEqual([
      `src/components/math/a.ts: imports ${name}, which does not end in .js`
    ]);
});

test("chance comes from an Rng alone, mathematics is functions, and files are short and named for what they do", () => {
  expect(told({"data/a.ts": "export const x = Math.random();"})).toEqual([
    "src/components/data/a.ts: draws from Math.random, not from an Rng"
  ]);
  expect(told({"layers/a.ts": "export const x = tf.randomNormal([2]);"})).toHaveLength(1);
  expect(told({"layers/a.ts": "export const x = tf.variable(y);"})).toEqual([
    "src/components/layers/a.ts: uses tf.variable"
  ]);
  expect(told({"models/a.ts": "export class Net {}"})).toEqual(["src/components/models/a.ts: declares the class Net"]);
  expect(told({"math/a.ts": "export {};\n".repeat(221)})).toEqual([
    "src/components/math/a.ts: has 221 lines, more than 220"
  ]);
  expect(told({"math/a.ts": "export {};\n".repeat(220)})).toEqual([]);
  expect(told({"math/utils.ts": "export {};"})).toEqual([
    "src/components/math/utils.ts: is named after nothing it does"
  ]);
});

test("a function that is exported says what it does", () => {
  expect(told({"math/a.ts": "export function f() {}\nexport const g = () => 1;"})).toEqual([
    "src/components/math/a.ts: exports f without a docstring",
    "src/components/math/a.ts: exports g without a docstring"
  ]);
  const overloads = "export function f(x: 1): 1;\nexport function f(x: 2): 2;\nexport function f(x: 1 | 2) {}";
  expect(told({"math/a.ts": `/** One. */\n${overloads}`})).toEqual([]);
  expect(told({"math/a.ts": overloads})).toHaveLength(3);
  expect(told({"math/a.ts": "/** One. */\nexport const g = () => 1;\nexport const n = 1;\nfunction h() {}"})).toEqual(
    []
  );
});
