import {spawnSync} from "node:child_process";
import {expect, test} from "vitest";

const run = (...args: string[]) => spawnSync(process.execPath, ["--import", "tsx", ...args], {encoding: "utf8"});

test.each([
  ["serve", ["somewhere"], "serve: expected --out, got: Unexpected argument 'somewhere'"],
  ["build", ["--ou", "x"], "build: expected --out, --no-check, got: Unknown option '--ou'"],
  [
    "bench",
    ["--rounds"],
    "bench: expected --rounds, --site, --record, got: Option '--rounds <value>' argument missing"
  ],
  ["test", ["--short"], "test: expected --long, got: Unknown option '--short'"]
])("npm run %s refuses %j in one sentence", (command, args, sentence) => {
  const {status, stderr, stdout} = run(`tools/${command}.ts`, ...args);
  expect(stderr.trim()).toBe(sentence);
  expect([status, stdout]).toEqual([1, ""]);
});
