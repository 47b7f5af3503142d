import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {PassThrough} from "node:stream";
import {setTimeout as wait} from "node:timers/promises";
import {LoaderResolver} from "@observablehq/framework/dist/loader.js";
import {afterAll, beforeAll, beforeEach, expect, test} from "vitest";
import {asReader, lookWhenWatching} from "../../tools/framework/watching.js";

let root: string;
let saved = 0;
const save = () => writeFile(join(root, "module.ts"), `export const a = ${++saved};`);
const looks: string[] = [];
const watch = (by: string) =>
  new LoaderResolver({root}).watchFiles("/page", ["module.js"], (name) => looks.push(`${by} ${name}`.trim()));
/** A reader's socket, and what is watched in the reader's name when something comes from it. */
function reader() {
  const socket = new PassThrough();
  asReader(socket);
  const ask = (by: string) =>
    new Promise<Awaited<ReturnType<typeof watch>>>((resolve) => {
      socket.once("data", () => resolve(watch(by)));
      socket.write("hello");
    });
  return {socket, ask};
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "watching-"));
  lookWhenWatching();
});
afterAll(() => rm(root, {recursive: true}));
beforeEach(async () => {
  looks.length = 0;
  await save();
});

test("files that are watched are looked at once more, since an edit may have come before the watchers", async () => {
  const watchers = await watch("a");
  expect(looks).toEqual([]); // not before Framework has the watchers
  await new Promise(setImmediate);
  watchers.close();
  expect(looks).toEqual(["a"]);
});

test("of two watchings of one reader at once only the later is heard", async () => {
  const {socket, ask} = reader();
  await Promise.all([ask("first"), ask("second")]);
  await wait(20);
  await save();
  await expect.poll(() => looks).toContain("second module.js");
  await wait(200);
  expect(looks.filter((look) => look.startsWith("first"))).toEqual([]);
  socket.destroy();
});

test("a reader who has left hears nothing, and what is watched for one from then on is not", async () => {
  const {socket, ask} = reader();
  const staying = await watch("staying");
  await ask("before");
  const after = ask("after");
  socket.destroy();
  await after;
  await wait(20);
  looks.length = 0;
  await save();
  await expect.poll(() => looks).toContain("staying module.js");
  await wait(200);
  expect(looks.filter((look) => !look.startsWith("staying"))).toEqual([]);
  staying.close();
});
