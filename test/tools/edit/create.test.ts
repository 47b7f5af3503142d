import {rm, symlink} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {createNotebook} from "../../../tools/edit/create.js";
import {type Bench, bench, parse} from "./workshop.js";

let it: Bench;
beforeAll(async () => void (it = await bench()));
afterAll(() => rm(it.folder, {recursive: true}));

test("a notebook has a title, a formula and cells, and is not made twice", async () => {
  expect(await createNotebook(it.root, "week2/my-own-notebook")).toBe("week2/my-own-notebook.md");
  const text = await it.get("week2/my-own-notebook.md");
  expect(text).toContain('title: "My own notebook"');
  expect(parse(text).blocks.map(({kind}) => kind)).toEqual(["prose", "prose", "mathematics", "prose", "cell", "cell"]);
  await expect(createNotebook(it.root, "week2/my-own-notebook")).rejects.toMatchObject({status: 409});
  expect(await it.get("week2/my-own-notebook.md")).toBe(text);
});

test.each([
  "",
  "page",
  "week5/page",
  "week2/../../page",
  "week2/Page",
  "week2/a.json",
  "week2/a/b",
  "week2/-a",
  "week2/a\0",
  "/week2/a",
  null,
  3
])("%j is no name of a notebook", async (name) => {
  await expect(createNotebook(it.root, name)).rejects.toMatchObject({status: 422});
});

test("a week's folder that is a link is not written into", async () => {
  await symlink(it.folder, join(it.root, "week3"));
  await expect(createNotebook(it.root, "week3/page")).rejects.toMatchObject({status: 403});
});
