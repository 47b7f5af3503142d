import {spawnSync} from "node:child_process";
import {existsSync} from "node:fs";
import {mkdir, mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {keep} from "../../tools/edit/history.js";

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "notebooks-"));
  await mkdir(join(cwd, "src"));
});
afterAll(() => rm(cwd, {recursive: true}));

/** `npm run …` in a folder with nothing but `src`. */
function run(command: string, ...args: string[]): [number | null, string] {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), resolve(`tools/${command}.ts`), ...args],
    {cwd, encoding: "utf8"}
  );
  return [status, stdout + stderr];
}
const page = () => readFile(join(cwd, "src/week1/of-my-own.md"), "utf8");

test("npm run new makes a notebook of a name that is free, and says which file", async () => {
  expect(run("new", "week1/of-my-own")).toEqual([0, "src/week1/of-my-own.md\n"]);
  expect(await page()).toContain("# Of my own");
  expect(run("new", "week1/of-my-own")).toEqual([1, "expected a new name, got week1/of-my-own, which exists\n"]);
  expect(run("new", "../elsewhere")).toEqual([1, 'expected a name like week2/my-notebook, got "../elsewhere"\n']);
  expect(existsSync(join(cwd, "elsewhere.md"))).toBe(false);
});

test("npm run history lists what was kept, shows a version and puts it back, and keeps what stood there", async () => {
  expect(run("history")).toEqual([0, "Nothing was edited in the page yet.\n"]);
  const now = await page();
  const name = "week1/of-my-own.md";
  await keep(name, Buffer.from("# Before\n"), join(cwd, ".history"));
  expect(run("history")).toEqual([0, `${name}  1 version\n`]);
  const digest = /^[0-9a-f]{12}/.exec(run("history", name)[1])![0];
  expect(run("history", name, "--show", digest)).toEqual([0, "# Before\n"]);
  expect(run("history", name, "--restore", digest.slice(0, 4))).toEqual([
    0,
    expect.stringContaining(`${name} is version ${digest} again; `)
  ]);
  expect(await page()).toBe("# Before\n");
  const [, kept] = run("history", name)[1].trim().split("\n");
  expect(run("history", name, "--show", kept.slice(0, 12))).toEqual([0, now]);
  expect(run("history", name, "--show", "xyz")).toEqual([
    1,
    `history: expected a version of ${name}, got no digest that begins with xyz\n`
  ]);
});
