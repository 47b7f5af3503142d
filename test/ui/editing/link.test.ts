import {deflateRawSync, inflateRawSync} from "node:zlib";
import {expect, test} from "vitest";
import {visible} from "../../../src/components/ui/editing/difference.js";
import {carriesEdits, pack, unpack} from "../../../src/components/ui/editing/link.js";
import {parseEdit, type ReaderEdit} from "../../../src/components/ui/editing/readerEdits.js";

const edit: ReaderEdit = {
  ...{id: "0123456789ab-2", kind: "cell", language: "ts", was: "a", text: "π 𝜋 “<b>”\n".repeat(100), time: 5},
  ...{above: null, below: "ba9876543210"}
};

test("what a link carries is what was put into it, in letters that any address may hold", async () => {
  const hash = await pack({file: "week1/a.md", edits: [edit]});
  expect(hash).toMatch(/^#edits=[\w-]+$/);
  expect(hash.length).toBeLessThan(300);
  expect(carriesEdits(hash)).toBe(true);
  expect(await unpack(hash)).toEqual({file: "week1/a.md", edits: [{...edit, earlier: undefined}]});
});

test("the reader's own earlier text does not leave by a link", async () => {
  const hash = await pack({file: "a.md", edits: [{...edit, earlier: "private"}]});
  expect(inflateRawSync(Buffer.from(hash.slice(7), "base64url")).toString()).not.toContain("private");
});

test("a link that unpacks to more than a page is not read to its end", async () => {
  const bomb = deflateRawSync(Buffer.alloc(300_000_000, 0x20));
  await expect(unpack(`#edits=${bomb.toString("base64url")}`)).rejects.toThrow(/cannot be read/);
});

test.each([
  ["an array", "[]"],
  ["a number", "3"],
  ["null", "null"],
  ["no JSON", "{"],
  ["another id", JSON.stringify({...edit, id: "toString"})],
  ["an id that is a selector", JSON.stringify({...edit, id: '0123456789ab"]'})],
  ["a kind that there is not", JSON.stringify({...edit, kind: "html"})],
  ["a text that is none", JSON.stringify({...edit, text: ["a"]})],
  ["a time that is none", JSON.stringify({...edit, time: "now"})],
  ["a neighbour that is none", JSON.stringify({...edit, above: {}})]
])("%s is no edit", (_, raw) => {
  expect(parseEdit(raw)).toBeNull();
});

test("an edit is the one of the name that it is stored by", () => {
  expect(parseEdit(JSON.stringify(edit), edit.id)).toEqual(edit);
  expect(parseEdit(JSON.stringify(edit), "ffffffffffff")).toBeNull();
});

test("characters that hide or reorder others are written out", () => {
  expect(visible("a\u202Eb\u200Bc\u0007\td\n")).toBe("a⟨U+202E⟩b⟨U+200B⟩c⟨U+0007⟩\td\n");
  expect(visible("é π 𝜋 ─ “x”")).toBe("é π 𝜋 ─ “x”");
});
