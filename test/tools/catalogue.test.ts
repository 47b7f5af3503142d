import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {catalogue, catalogueIndex} from "../../tools/catalogue.js";
import {highlight} from "../../tools/site/highlight.js";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "catalogue-"))));
afterEach(() => rmSync(folder, {recursive: true}));

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
const list = () => catalogue({root: join(folder, "src"), data: join(folder, "data")});

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), {recursive: true});
  writeFileSync(join(folder, name), content);
}

test("sources are listed raw and highlighted, runs and weights as they are, nothing else", async () => {
  write("src/components/losses/mse.ts", "export const mse = 1;\n");
  write("src/week2/task.ts", "export default 2;\n");
  write("src/week2/page.md", "# Page\n");
  write("src/data/runs/resnet.json", "{}");
  write("src/data/weights/w.safetensors", new Uint8Array([1, 2]));
  write("src/data/weights/.DS_Store", "x");
  expect((await list()).map(({name}) => name)).toEqual([
    "source/components/losses/mse.ts",
    "source/components/losses/mse.ts.html",
    "source/week2/task.ts",
    "source/week2/task.ts.html",
    "runs/resnet.json",
    "weights/w.safetensors"
  ]);
});

test("length and digest are those of what is read", async () => {
  write("src/components/a.ts", "const é = `1`;\n");
  write("src/data/runs/r.json", "[1]");
  for (const {bytes, digest, read} of await list()) {
    const content = await read();
    expect(bytes).toBe(content.length);
    expect(digest).toBe(sha256(content));
  }
});

test("a data set is listed by its manifest, with the manifest's digests", async () => {
  write("data/cifar10/train-0.bin", new Uint8Array(7));
  const shard = {name: "train-0.bin", count: 1, bytes: 7, digest: "d"};
  write("data/cifar10/manifest.json", JSON.stringify({splits: {train: {count: 1, shards: [shard]}}}));
  const files = await list();
  expect(JSON.parse(catalogueIndex(files)).entries).toEqual([
    {name: "cifar10/manifest.json", bytes: expect.any(Number), digest: expect.stringMatching(/^[0-9a-f]{64}$/)},
    {name: "cifar10/train-0.bin", bytes: 7, digest: "d"}
  ]);
  expect(await files[1].read()).toHaveLength(7);
});

test("a shard of another length than the manifest says is an error that names it", async () => {
  write("data/cifar10/train-0.bin", new Uint8Array(6));
  const manifest = (name: string) => JSON.stringify({splits: {train: {shards: [{name, bytes: 7, digest: "d"}]}}});
  write("data/cifar10/manifest.json", manifest("train-0.bin"));
  await expect(list()).rejects.toThrow(/train-0\.bin with 7 bytes, got 6/);
  write("data/cifar10/manifest.json", manifest("../../secret"));
  await expect(list()).rejects.toThrow(/expected a plain file name in cifar10, got \.\.\/\.\.\/secret/);
});

test("an empty project has an empty catalogue", async () => expect(await list()).toEqual([]));

test("a highlighted listing has the source's lines, each complete in itself", () => {
  const source = "/**\n * A < b.\n */\nconst a = `x\n${1 + 1}`;\n";
  const lines = highlight(source).split("\n");
  expect(lines).toHaveLength(source.split("\n").length);
  for (const line of lines) expect(line.match(/<span/g)?.length ?? 0).toBe(line.match(/<\/span>/g)?.length ?? 0);
  const text = lines.join("\n").replace(/<[^>]*>/g, "");
  expect(text.replace("&lt;", "<")).toBe(source);
  expect(lines[1]).toMatch(/^<span class="hljs-comment">/);
});
