import posix from "node:path/posix";
import {expect, test} from "vitest";
import {createHash} from "../../../tools/site/published/standIns/crypto.js";
import {dirname, extname, join, normalize} from "../../../tools/site/published/standIns/path.js";

test("paths are joined and taken apart as Node does it", () => {
  const paths = [
    "",
    "/",
    ".",
    "..",
    "a",
    "/a",
    "a/",
    "a/b",
    "/a/../..",
    "../a",
    "a//b/./c",
    "/week1/x.csv",
    "a/.csv",
    "a.b/c",
    "./a/../b/"
  ];
  for (const a of paths) {
    expect([a, dirname(a)]).toEqual([a, posix.dirname(a)]);
    expect([a, extname(a)]).toEqual([a, posix.extname(a)]);
    expect([a, normalize(a)]).toEqual([a, posix.normalize(a)]);
    for (const b of paths) expect([a, b, join(a, b)]).toEqual([a, b, posix.join(a, b)]);
  }
});

test("cells of a page have different ids, eight hexadecimal digits each", () => {
  const ids = Array.from({length: 2000}, (_, i) => createHash().update(`a + ${i}`).digest());
  expect(new Set(ids).size).toBe(2000);
  expect(ids.every((id) => /^[0-9a-f]{8}$/.test(id))).toBe(true);
});
