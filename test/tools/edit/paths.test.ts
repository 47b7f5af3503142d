import {link, mkdir, rm, symlink} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {editable} from "../../../tools/edit/paths.js";
import {type Bench, bench} from "./workshop.js";

let it: Bench;
beforeAll(async () => {
  it = await bench();
  await it.put("week2/page.md", "a");
  await it.put("components/losses/mse.ts", "b");
  await it.put("components/train/compute.worker.ts", "c");
  await it.put("components/data/points.json.ts", "process.exit()");
  await it.put("components/page.md.ts", "process.exit()");
  await it.put("data/table.csv.ts", "process.exit()");
  await it.put("week2/task.ts", "d");
  await it.put(".observablehq/cache/x.md", "e");
  await it.put(".hidden.md", "e");
  await it.put("node_modules/p/readme.md", "e");
  await it.put("../outside.md", "secret");
  await it.put("../srcret/x.md", "secret");
  await mkdir(join(it.root, "folder.md"));
  await symlink(join(it.folder, "outside.md"), join(it.root, "out.md"));
  await symlink(it.folder, join(it.root, "above"));
  await symlink(join(it.root, "week2/page.md"), join(it.root, "alias.md"));
  await symlink(join(it.root, "components/losses/mse.ts"), join(it.root, "code.md"));
  await symlink(join(it.root, "components/data/points.json.ts"), join(it.root, "components/plain.ts"));
  await symlink(join(it.root, "nothing.md"), join(it.root, "broken.md"));
  await link(join(it.folder, "outside.md"), join(it.root, "hard.md"));
});
afterAll(() => rm(it.folder, {recursive: true}));

test.each([
  ["week2/page.md", "week2/page.md"],
  ["components/losses/mse.ts", "components/losses/mse.ts"],
  ["components/train/compute.worker.ts", "components/train/compute.worker.ts"],
  ["alias.md", "week2/page.md"],
  ["hard.md", "hard.md"] // the rename replaces this name alone; what it shared stays
])("%s may be edited", async (name, real) => {
  expect(await editable(it.root, name)).toMatchObject({name: real, path: join(it.root, real)});
});

test.each([
  "../outside.md",
  "week2/../../outside.md",
  "../srcret/x.md",
  "/etc/passwd",
  "week2/./page.md",
  "week2//page.md",
  "./week2/page.md",
  "%2e%2e/outside.md",
  "..%2foutside.md",
  "..\\outside.md",
  "week2\\page.md",
  "C:\\page.md",
  "week2/page.md:stream",
  "week2/page.md\0.png",
  "\0",
  "",
  ".",
  ".hidden.md",
  ".observablehq/cache/x.md",
  "node_modules/p/readme.md",
  "components/data/points.json.ts",
  "components/page.md.ts",
  "components/plain.ts",
  "data/table.csv.ts",
  "week2/task.ts",
  "components/losses/mse.js",
  "components/../components/losses/mse.ts",
  "components",
  "week2/page",
  "week2/page.md/",
  "week2/page.MD",
  "folder.md",
  "out.md",
  "above/outside.md",
  "above/src/week2/page.md/../../../outside.md",
  "code.md",
  "broken.md",
  "nothing.md",
  "components/losses/none.ts",
  null,
  7,
  ["week2/page.md"],
  {toString: () => "week2/page.md"}
])("%j may not", async (name) => {
  await expect(editable(it.root, name)).rejects.toThrow(/^expected (a page|a file|an existing file)/);
});

test("a link to another folder of pages is followed to where the file is", async () => {
  await symlink(join(it.root, "week2"), join(it.root, "week9"));
  expect(await editable(it.root, "week9/page.md")).toMatchObject({name: "week2/page.md"});
});
