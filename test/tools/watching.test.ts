import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {LoaderResolver} from "@observablehq/framework/dist/loader.js";
import {expect, test} from "vitest";
import {lookWhenWatching} from "../../tools/framework/watching.js";

test("files that are watched are looked at once more, since an edit may have come before the watchers", async () => {
  const root = await mkdtemp(join(tmpdir(), "watching-"));
  await writeFile(join(root, "module.ts"), "export const a = 1;");
  lookWhenWatching();
  let looks = 0;
  const watchers = await new LoaderResolver({root}).watchFiles("/page", ["module.js"], () => ++looks);
  expect(looks).toBe(0); // not before Framework has the watchers
  await new Promise(setImmediate);
  watchers.close();
  await rm(root, {recursive: true});
  expect(looks).toBe(1);
});
