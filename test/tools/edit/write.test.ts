import {writeFileSync} from "node:fs";
import {mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, beforeEach, expect, test, vi} from "vitest";
import {sentence} from "../../../tools/edit/refusal.js";
import {writeWhole} from "../../../tools/edit/write.js";

const faults = vi.hoisted(() => ({
  rename: undefined as undefined | (() => void),
  write: undefined as string | undefined
}));

vi.mock("node:fs", async (original) => {
  const files = await original<typeof import("node:fs")>();
  const renameSync = (from: string, to: string) => {
    const before = faults.rename;
    faults.rename = undefined;
    before?.();
    files.renameSync(from, to);
  };
  return {...files, renameSync};
});

vi.mock("node:fs/promises", async (original) => {
  const files = await original<typeof import("node:fs/promises")>();
  const open = async (path: string, flag: string, mode?: number) => {
    const file = await files.open(path, flag, mode);
    const error = Object.assign(new Error(`${faults.write}: as tested`), {code: faults.write});
    if (faults.write && flag === "wx") file.writeFile = () => Promise.reject(error);
    return file;
  };
  return {...files, open};
});

let folder: string;
let path: string;
const [old, fresh] = [Buffer.from("old"), Buffer.from("fresh")];
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "write-"))));
beforeEach(async () => {
  Object.assign(faults, {rename: undefined, write: undefined});
  await writeFile((path = join(folder, "page.md")), old);
});
afterAll(() => rm(folder, {recursive: true}));
const state = async () => [(await readdir(folder)).join(), await readFile(path, "utf8")];

test("the file has the new bytes, and nothing stands beside it", async () => {
  expect(await writeWhole(path, fresh, old)).toBe(null);
  expect(await state()).toEqual(["page.md", "fresh"]);
});

test("a file that holds something else is left alone and handed back", async () => {
  await writeFile(path, "other");
  expect(String(await writeWhole(path, fresh, old))).toBe("other");
  expect(await state()).toEqual(["page.md", "other"]);
});

test("what another program writes in the last moment is put back", async () => {
  faults.rename = () => writeFileSync(path, "written meanwhile");
  expect(String(await writeWhole(path, fresh, old))).toBe("written meanwhile");
  expect(await state()).toEqual(["page.md", "written meanwhile"]);
});

test.each([
  ["ENOSPC", 507, "page.md was not saved: the disk is full: make room and save again. Nothing was changed."],
  ["EDQUOT", 507, "your share of the disk is used up"],
  ["EROFS", 403, "the disk can only be read"],
  ["EACCES", 403, "change the permissions"],
  ["EIO", 500, "the disk reports a fault"],
  ["EWHATEVER", 500, "EWHATEVER: as tested"]
])("%s is a sentence, and the old file is whole", async (code, status, message) => {
  faults.write = code;
  const error = await writeWhole(path, fresh, old).catch((error) => sentence(error, "page.md"));
  expect(error).toMatchObject({status, message: expect.stringContaining(message)});
  expect(await state()).toEqual(["page.md", "old"]);
});

test("a renaming that fails leaves the old file whole", async () => {
  faults.rename = () => {
    throw Object.assign(new Error("EPERM: as tested"), {code: "EPERM"});
  };
  await expect(writeWhole(path, fresh, old)).rejects.toThrow("EPERM");
  expect(await state()).toEqual(["page.md", "old"]);
});

test("so is the history's full disk: the page is not touched", async () => {
  const {keep, versions} = await import("../../../tools/edit/history.js");
  faults.write = "ENOSPC";
  await expect(keep("page.md", fresh, join(folder, ".history"))).rejects.toThrow("ENOSPC");
  expect(await versions("page.md", join(folder, ".history"))).toEqual([]);
});
