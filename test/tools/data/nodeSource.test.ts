import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {nodeSource} from "../../../tools/data/nodeSource.js";
import {folder} from "./archives.js";

test("a source over a folder gives a file's own bytes and nothing around them", async () => {
  const data = await folder();
  await mkdir(join(data, "cifar10"));
  await writeFile(join(data, "cifar10", "a.bin"), Buffer.from([1, 2, 3]));
  const bytes = await nodeSource(data).open("cifar10/a.bin");
  expect(new Uint8Array(bytes)).toEqual(Uint8Array.of(1, 2, 3));
});

test("a file that is not there is named with the command that gets it", async () => {
  const data = await folder();
  await expect(nodeSource(data).open("cifar10/manifest.json")).rejects.toThrow(
    `nodeSource: expected ${join(data, "cifar10/manifest.json")}, got no such file (npm run data -- cifar10)`
  );
});
