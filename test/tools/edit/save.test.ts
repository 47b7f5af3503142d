import {chmod, readdir, rename, rm, stat, symlink, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {digestOf} from "../../../tools/edit/digest.js";
import {versions} from "../../../tools/edit/history.js";
import type {Place} from "../../../tools/edit/place.js";
import type {Edit} from "../../../tools/edit/request.js";
import {save} from "../../../tools/edit/save.js";
import {show} from "../../../tools/edit/show.js";
import {type Bench, bench, parse} from "./workshop.js";

let it: Bench;
beforeAll(async () => void (it = await bench()));
afterAll(() => rm(it.folder, {recursive: true}));

/** Writes a page, reads its block number `i` as an editor does, and gives what saves it. */
async function open(name: string, text: string, i: number) {
  const path = await it.put(name, text);
  const block = await show(it, name, parse(text).blocks[i].id);
  const place = block.place as Place;
  const replace = (text: string) => save(it, {do: "replace", file: name, place, text});
  return {path, block, place, replace, edit: (edit: object) => save(it, {file: name, place, ...edit} as Edit)};
}
const refusal = (run: Promise<unknown>) =>
  run.then(
    () => expect.fail("was done"),
    (error) => error
  );

test("a save writes the block and nothing else, and answers with where it stands", async () => {
  const {replace, block} = await open("a.md", "---\ntitle: é\r\n---\r\n# H\r\n\r\n```ts\r\nlet a;\r\n```\r\nend", 1);
  expect(block).toMatchObject({kind: "cell", language: "ts", text: "let a;", line: 6});
  const saved = await replace("let b;\nlet c;");
  const text = await it.get("a.md");
  expect(text).toBe("---\ntitle: é\r\n---\r\n# H\r\n\r\n```ts\r\nlet b;\r\nlet c;\r\n```\r\nend");
  expect(saved).toMatchObject({digest: digestOf(Buffer.from(text)), block: {text: "let b;\nlet c;", line: 6}});
});

test("what was saved can be saved again from the place that was answered", async () => {
  const {replace} = await open("again.md", "a\n\nb\n", 1);
  let {block} = await replace("one");
  for (const text of ["two", "two\nlines", "three"])
    ({block} = await save(it, {do: "replace", file: "again.md", place: block!.place as Place, text}));
  expect(await it.get("again.md")).toBe("a\n\nthree\n");
});

test("mode stays, no file is left beside, a link stays a link", async () => {
  const {path, replace} = await open("mode.md", "a\n", 0);
  await chmod(path, 0o640);
  await symlink(path, join(it.root, "linked.md"));
  await replace("b");
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  const block = await show(it, "linked.md", parse("b\n").blocks[0].id);
  await save(it, {do: "replace", file: "linked.md", place: block.place as Place, text: "c"});
  expect(await it.get("mode.md")).toBe("c\n");
  expect((await readdir(it.root)).filter((name) => name.includes("part"))).toEqual([]);
});

test("a save that changes nothing does not touch the file", async () => {
  const {path, replace} = await open("same.md", "a  \r\n\r\nb", 0);
  const {mtimeMs, ino} = await stat(path);
  await replace("a  ");
  expect(await stat(path)).toMatchObject({mtimeMs, ino});
});

test("a file that changed elsewhere is saved into, when the block is still the one that was read", async () => {
  const {replace} = await open("elsewhere.md", "a\n\nb\n\nc\n", 1);
  await it.put("elsewhere.md", "new\n\na\n\nb\n\nC\n");
  await replace("B");
  expect(await it.get("elsewhere.md")).toBe("new\n\na\n\nB\n\nC\n");
});

test.each([
  ["was changed", "a\n\nB!\n\nc\n", "B!"],
  ["was changed, and others were added", "z\n\na\n\nB!\n\nc\n\nd\n", "B!"],
  ["was taken out", "a\n\nc\n", null],
  ["was cut in two", "a\n\nb1\n\nb2\n\nc\n", null],
  ["is now there twice", "a\n\nb\n\nc\n\nb\n", undefined],
  ["is in an emptied file", "", null],
  ["is in another file altogether", "x\n\ny\n", null]
])("a block that %s is not overwritten; both versions are there to choose from", async (_, now, theirs) => {
  const {replace} = await open("conflict.md", "a\n\nb\n\nc\n", 1);
  await it.put("conflict.md", now);
  const error = await refusal(replace("mine"));
  expect(error).toMatchObject({status: 409, details: {digest: digestOf(Buffer.from(now))}});
  if (theirs !== undefined) expect(error.details.theirs?.text ?? null).toBe(theirs);
  expect(await it.get("conflict.md")).toBe(now);
});

test("the reader's own version can then take the place of the other", async () => {
  const {replace} = await open("choose.md", "a\n\nb\n\nc\n", 1);
  await it.put("choose.md", "a\n\ntheirs\n\nc\n");
  const {details} = await refusal(replace("mine"));
  await save(it, {do: "replace", file: "choose.md", place: details.theirs.place, text: "mine"});
  expect(await it.get("choose.md")).toBe("a\n\nmine\n\nc\n");
  const kept = await Promise.all((await versions("choose.md", it.history)).map(({digest}) => digest));
  expect(kept).toContain(digestOf(Buffer.from("a\n\ntheirs\n\nc\n")).slice(0, 12));
});

test("of blocks with the same text the one that was read is changed", async () => {
  const {replace} = await open("copies.md", "same\n\nsame\n\nsame\n", 1);
  await replace("other");
  expect(await it.get("copies.md")).toBe("same\n\nother\n\nsame\n");
});

test("a copy is not guessed at in a file that has changed", async () => {
  const {replace} = await open("guess.md", "same\n\nsame\n", 1);
  await it.put("guess.md", "same\n\nsame\n\nsame\n");
  expect(await refusal(replace("other"))).toMatchObject({status: 409});
});

test("two tabs that save two blocks at once both find their text in the file", async () => {
  const text = Array.from({length: 12}, (_, i) => `block ${i}`).join("\n\n");
  const tabs: Awaited<ReturnType<typeof open>>[] = [];
  for (let i = 0; i < 12; ++i) tabs.push(await open("tabs.md", text, i)); // in turn, for opening writes the file
  await Promise.all(tabs.map(({replace}, i) => replace(`tab ${i}`)));
  expect(await it.get("tabs.md")).toBe(text.replaceAll("block", "tab"));
});

test("of two tabs that save the same block one is told, and both texts are kept", async () => {
  const {replace} = await open("race.md", "a\n\nb\n", 0);
  const results = await Promise.allSettled([replace("first"), replace("second")]);
  const won = results.findIndex(({status}) => status === "fulfilled");
  expect(results[1 - won]).toMatchObject({status: "rejected", reason: {status: 409}});
  expect(await it.get("race.md")).toBe(`${["first", "second"][won]}\n\nb\n`);
});

test("a file replaced by another program's renaming is seen as it is now", async () => {
  const {path, replace} = await open("renamed.md", "a\n\nb\n", 0);
  await writeFile(`${path}~`, "a\n\nB\n");
  await rename(`${path}~`, path);
  await replace("A");
  expect(await it.get("renamed.md")).toBe("A\n\nB\n");
});

test("a page that was removed is a sentence, and is not made again", async () => {
  const {path, replace} = await open("removed.md", "a\n", 0);
  await rm(path);
  expect(await refusal(replace("b"))).toMatchObject({
    status: 404,
    message: "expected an existing file, got removed.md"
  });
  await expect(stat(path)).rejects.toThrow("ENOENT");
});

test("a read-only file is a sentence, and what was typed is in the history", async () => {
  const {path, replace} = await open("locked.md", "a\n", 0);
  await chmod(path, 0o444);
  expect(await refusal(replace("typed"))).toMatchObject({status: 403, message: expect.stringContaining("read-only")});
  expect(await it.get("locked.md")).toBe("a\n");
  expect((await versions("locked.md", it.history)).at(-1)!.digest).toBe(digestOf(Buffer.from("typed\n")).slice(0, 12));
});

test("each kind of edit is done, and taken back byte for byte", async () => {
  const text = "\uFEFFa\r\n\r\n```ts\r\nx\r\n```\n\nc";
  for (const edit of [
    {do: "delete"},
    {do: "up"},
    {do: "down"},
    {do: "duplicate"},
    {do: "insert", where: "above", text: "n"}
  ]) {
    const opened = await open("kinds.md", text, 1);
    const {digest, before} = await opened.edit(edit);
    expect(await it.get("kinds.md")).not.toBe(text);
    await save(it, {do: "restore", file: "kinds.md", digest, version: before});
    expect(await it.get("kinds.md")).toBe(text);
  }
});

test("taking back refuses when the file has changed since", async () => {
  const {edit} = await open("undo.md", "a\n\nb\n", 0);
  const {digest, before} = await edit({do: "delete"});
  await it.put("undo.md", "c\n");
  expect(await refusal(save(it, {do: "restore", file: "undo.md", digest, version: before}))).toMatchObject({
    status: 409
  });
  expect(await it.get("undo.md")).toBe("c\n");
});

test("a component is saved as a whole with its endings, and not over another's text", async () => {
  const name = "components/losses/mse.ts";
  await it.put(name, "// α\r\nexport const a = 1;\r\nexport const b = 2;\n");
  const {text, place} = await show(it, name, null);
  const edited = text.replace("1", "3");
  const {digest} = await save(it, {do: "write", file: name, digest: place.digest, text: edited});
  expect(await it.get(name)).toBe("// α\r\nexport const a = 3;\r\nexport const b = 2;\n");
  const error = await refusal(save(it, {do: "write", file: name, digest: place.digest, text: "x"}));
  expect(error).toMatchObject({status: 409, details: {digest, theirs: {text: edited}}});
});

test("a page is not written as a whole, a component not as blocks", async () => {
  const {place} = await open("whole.md", "a\n", 0);
  const digest = place.digest;
  expect(await refusal(save(it, {do: "write", file: "whole.md", digest, text: "x"}))).toMatchObject({status: 403});
  await it.put("components/a.ts", "a\n");
  expect(await refusal(save(it, {do: "delete", file: "components/a.ts", place}))).toMatchObject({status: 403});
});

test("the history keeps every version once, in order, and what stood there before", async () => {
  const {replace} = await open("history.md", "v0\n", 0);
  let {block} = await replace("v1");
  for (const text of ["v2", "v2", "v3"])
    ({block} = await save(it, {do: "replace", file: "history.md", place: block!.place as Place, text}));
  const kept = await versions("history.md", it.history);
  expect(kept.map(({digest}) => digest)).toEqual(
    ["v0\n", "v1\n", "v2\n", "v3\n"].map((text) => digestOf(Buffer.from(text)).slice(0, 12))
  );
  expect(kept.map(({time}) => time.getTime())).toEqual(kept.map(({time}) => time.getTime()).sort((a, b) => a - b));
});

test("one block of a page of 1 MB is changed and the rest stays", async () => {
  const blocks = Array.from({length: 12_000}, (_, i) => `Block ${i}: αβγ ${"text ".repeat(14)}end.`);
  const {replace} = await open("large.md", blocks.join("\r\n\r\n"), 6_000);
  await replace("short");
  expect(await it.get("large.md")).toBe(blocks.with(6_000, "short").join("\r\n\r\n"));
});
