import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {LoaderResolver} from "@observablehq/framework/dist/loader.js";
import {expect, test} from "vitest";
import {lookWhenWatching} from "../../tools/framework/watching.js";

test("a page that is watched is looked at once more, since an edit may have come before the watcher", async () => {
  const root = await mkdtemp(join(tmpdir(), "watching-"));
  await writeFile(join(root, "page.md"), "# Page");
  lookWhenWatching();
  const heard: string[] = [];
  const watcher = new LoaderResolver({root}).watchPage("/page", (event) => heard.push(event));
  expect(heard).toEqual([]); // not before Framework has the watcher
  await new Promise(setImmediate);
  watcher.close();
  await rm(root, {recursive: true});
  expect(heard).toEqual(["change"]);
});
