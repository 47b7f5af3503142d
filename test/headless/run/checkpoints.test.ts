import {mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {readNewest, writeCheckpoint} from "../../../headless/run/checkpoints.js";
import type {Checkpoint} from "../../../src/components/train/checkpoint.js";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "checkpoints-"))));
afterEach(() => rm(folder, {recursive: true}));

const at = (step: number): Checkpoint => ({
  spec: {module: "none", config: {}, seed: 1, epochs: 2, batch: 5, schedule: {kind: "constant", rate: 0.1}},
  ...{step, epoch: step / 10, tag: "epoch", totals: {steps: 0, sums: {}}},
  state: new Map([["params.weight", {data: Float32Array.of(step, 1 / 3), shape: [2]}]])
});
const write = (step: number) => writeCheckpoint(folder, at(step), {note: `after ${step}`});

async function newest() {
  const notices: string[] = [];
  return {found: await readNewest<{note: string}>(folder, (notice) => notices.push(notice)), notices};
}

test("the newest checkpoint comes back as it was, with what was remembered beside it", async () => {
  for (const step of [10, 9_999, 20]) await write(step);
  const {found, notices} = await newest();
  expect(found).toEqual({checkpoint: at(9_999), log: {note: "after 9999"}});
  expect(notices).toEqual([]);
});

test("the newest and the one before it are kept", async () => {
  for (const step of [10, 20, 30]) await write(step);
  expect((await readdir(folder)).map((name) => name.slice(0, 13)).sort()).toEqual(["step-00000020", "step-00000030"]);
});

test("a folder without checkpoints, or none, holds none", async () => {
  expect((await newest()).found).toBeNull();
  expect(await readNewest(join(folder, "nowhere"), () => {})).toBeNull();
});

const damages: [string, (path: string) => Promise<void>][] = [
  ["a truncated state", (path) => truncate(join(path, "state.safetensors"), 100)],
  ["a missing state", (path) => rm(join(path, "state.safetensors"))],
  ["a truncated log", (path) => truncate(join(path, "log.json"), 3)],
  ["a log of other content", (path) => writeFile(join(path, "log.json"), '{"note":"after 21"}')],
  ["a foreign folder", async (path) => (await rm(path, {recursive: true}), mkdir(path))]
];
test.each(damages)("%s is named and passed over for the checkpoint before it", async (_, damage) => {
  await write(10);
  await write(20);
  const last = (await readdir(folder)).find((name) => name.startsWith("step-00000020"))!;
  await damage(join(folder, last));
  const {found, notices} = await newest();
  expect(found!.checkpoint.step).toBe(10);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toContain(`${join(folder, last)} is passed over: `);
});

test("a state under another checkpoint's name is refused by its digest", async () => {
  await write(10);
  await write(20);
  const [first, last] = (await readdir(folder)).sort();
  await rm(join(folder, last), {recursive: true});
  await rename(join(folder, first), join(folder, last));
  const {found, notices} = await newest();
  expect(found).toBeNull();
  expect(notices[0]).toMatch(/passed over: expected content with the digest in its name, got [0-9a-f]{16}$/);
});

test("what a killed process left unfinished is neither read nor in the way", async () => {
  await write(10);
  await mkdir(join(folder, `unfinished-${process.pid}`));
  await writeFile(join(folder, `unfinished-${process.pid}`, "state.safetensors"), "half");
  expect((await newest()).found!.checkpoint.step).toBe(10);
  await write(20);
  expect((await newest()).found!.checkpoint.step).toBe(20);
  expect(await readdir(folder)).toHaveLength(2);
});

test("the state is a file that the page's panel imports", async () => {
  await write(10);
  const [name] = await readdir(folder);
  const file = await readFile(join(folder, name, "state.safetensors"));
  const {unpackCheckpoint} = await import("../../../src/components/train/checkpoint.js");
  expect(unpackCheckpoint(file)).toEqual(at(10));
});
