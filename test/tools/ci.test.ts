import {spawnSync} from "node:child_process";
import {chmodSync, mkdirSync, mkdtempSync, copyFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {delimiter, join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";

/** What an npm command prints, and its exit code. */
type Answers = Record<string, [output: string, code: number]>;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ci-"));
  mkdirSync(join(folder, "main", ".ci"), {recursive: true});
  copyFileSync(".ci/run", join(folder, "main", ".ci", "run"));
});
afterEach(() => rmSync(folder, {recursive: true}));

/** The script's last line and exit code, with an npm that answers `npm <command>` with these lines and codes. */
function run(answers: Answers): [line: string, code: number, output: string] {
  const cases = Object.entries(answers).map(
    ([name, [output, code]]) => `"${name}") printf '${output}'; exit ${code};;`
  );
  writeFileSync(
    join(folder, "npm"),
    `#!/bin/sh\nshift_run() { case "$*" in ${cases.join(" ")} esac; }\nshift_run "$@"\n`
  );
  chmodSync(join(folder, "npm"), 0o755);
  const env: NodeJS.ProcessEnv = {...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`};
  delete env.CIFAR10_ARCHIVE;
  const {stdout, status} = spawnSync("bash", [join(folder, "main", ".ci", "run")], {encoding: "utf8", env});
  return [stdout.trimEnd().split("\n").at(-1)!, status!, stdout];
}

const install: Answers = {ci: ["", 0]};

describe.skipIf(process.platform === "win32")(".ci/run", () => {
  test("sums the counts of both commands", () => {
    const answers: Answers = {
      ...install,
      test: ["a\\n12 passed, 0 failed\\n", 0],
      "run test:long": ["3 passed, 0 failed\\n", 0]
    };
    expect(run(answers).slice(0, 2)).toEqual(["15 passed, 0 failed", 0]);
  });

  test("fails with the failed tests of either", () => {
    const answers: Answers = {
      ...install,
      test: ["12 passed, 1 failed\\n", 1],
      "run test:long": ["3 passed, 2 failed\\n", 1]
    };
    expect(run(answers).slice(0, 2)).toEqual(["15 passed, 3 failed", 1]);
  });

  test("says how many were skipped, before the last line", () => {
    const answers: Answers = {
      ...install,
      test: ["12 passed, 0 failed, 2 skipped\\n", 0],
      "run test:long": ["3 passed, 0 failed\\n", 0]
    };
    const [line, code, output] = run(answers);
    expect([line, code]).toEqual(["15 passed, 0 failed", 0]);
    expect(output).toContain("2 tests were skipped\n15 passed");
  });

  test("a command that ends without its counts, or with an exit code, is a failed test", () => {
    expect(
      run({...install, test: ["broken\\n", 1], "run test:long": ["3 passed, 0 failed\\n", 0]}).slice(0, 2)
    ).toEqual(["3 passed, 1 failed", 1]);
    expect(
      run({...install, test: ["1 passed, 0 failed\\n", 7], "run test:long": ["3 passed, 0 failed\\n", 0]})[1]
    ).toBe(1);
    expect(run({ci: ["", 1]}).slice(0, 2)).toEqual(["0 passed, 1 failed", 1]);
  });

  test("the archive beside the project is used when it is there", () => {
    mkdirSync(join(folder, "shared", "data"), {recursive: true});
    writeFileSync(join(folder, "shared", "data", "cifar-10-binary.tar.gz"), "");
    writeFileSync(
      join(folder, "npm"),
      '#!/bin/sh\necho "archive: $CIFAR10_ARCHIVE, CI: $CI"\necho "1 passed, 0 failed"\n'
    );
    chmodSync(join(folder, "npm"), 0o755);
    const env = {...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, CIFAR10_ARCHIVE: ""};
    const {stdout} = spawnSync("bash", [join(folder, "main", ".ci", "run")], {encoding: "utf8", env});
    expect(stdout).toMatch(/archive: \/.*\/shared\/data\/cifar-10-binary\.tar\.gz, CI: true/);
  });
});
