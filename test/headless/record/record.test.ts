import {createHash} from "node:crypto";
import {execFileSync} from "node:child_process";
import {mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {commit} from "../../../headless/record/commit.js";
import {machine} from "../../../headless/record/machine.js";
import {writeRun} from "../../../headless/record/record.js";
import {writeWhole} from "../../../headless/record/writeWhole.js";
import {parseRunRecord} from "../../../src/components/data/runRecord.js";
import {unpackLogits, unpackWeights} from "../../../src/components/train/weights.js";
import {recordedRun} from "../../data/recordedRun.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "record-"))));
afterAll(() => rm(folder, {recursive: true}));

const {weights: _, logits: __, ...run} = recordedRun({machine: machine("onnxruntime")});
const state = new Map([
  ["params.fc.bias", {data: Float32Array.of(1, -2), shape: [2]}],
  ["optimizer.velocity.fc.bias", {data: Float32Array.of(3, 4), shape: [2]}]
]);
const logits = {outputs: {data: Float32Array.of(1, 2, 0.5, -1), shape: [2, 2]}, labels: Uint8Array.of(1, 0)};

test("a run is written with the digests of its files, and all of it reads back", async () => {
  const root = join(folder, "run");
  const record = await writeRun(root, run, {state, logits});
  expect(parseRunRecord(JSON.parse(await readFile(join(root, `runs/${run.name}.json`), "utf8")))).toEqual(record);
  for (const {file, bytes, digest} of [record.weights!, record.logits!]) {
    const content = await readFile(join(root, file));
    expect([content.length, createHash("sha256").update(content).digest("hex")]).toEqual([bytes, digest]);
  }
  const {module, config, state: read} = unpackWeights(await readFile(join(root, record.weights!.file)));
  expect({module, config}).toEqual({module: run.recipe.module, config: run.recipe.config});
  expect([...read]).toEqual([["params.fc.bias", state.get("params.fc.bias")]]);
  expect(unpackLogits(await readFile(join(root, record.logits!.file)))).toEqual(logits);
  expect((await readdir(root, {recursive: true})).filter((name) => name.includes("part"))).toEqual([]);
});

test("a run with a wrong field leaves no file behind", async () => {
  const root = join(folder, "wrong");
  await expect(writeRun(root, {...run, seconds: NaN}, {state, logits})).rejects.toThrow("expected seconds to be");
  await expect(readdir(root)).rejects.toThrow("ENOENT");
});

test("a file is replaced whole; where it cannot be, the old one stays and nothing lies beside it", async () => {
  const path = join(folder, "whole", "file");
  await writeWhole(path, "old");
  await writeWhole(path, "new");
  expect(await readFile(path, "utf8")).toBe("new");
  await mkdir(join(folder, "whole", "taken"));
  await expect(writeWhole(join(folder, "whole", "taken"), "x")).rejects.toThrow();
  expect((await readdir(join(folder, "whole"))).sort()).toEqual(["file", "taken"]);
});

test("a commit says when files differ from it, new ones too, but not for recorded runs", async () => {
  const root = join(folder, "repository");
  await mkdir(join(root, "src/data/runs"), {recursive: true});
  expect(commit(root)).toBe("unknown");
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {cwd: root, encoding: "utf8"}).trim();
  git("init", "-q");
  await writeFile(join(root, "code.ts"), "1");
  git("add", ".");
  git("commit", "-qm", "one");
  const hash = git("rev-parse", "HEAD");
  await writeFile(join(root, "src/data/runs/a.json"), "{}");
  expect(commit(root)).toBe(hash);
  await writeFile(join(root, "new.ts"), "2");
  expect(commit(root)).toBe(`${hash}+changes`);
});
