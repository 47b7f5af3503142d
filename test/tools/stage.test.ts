import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test, vi} from "vitest";
import {run, summary, total} from "../../tools/test/stage.js";
import {long, short} from "../../tools/test/stages.js";

const printed = vi.spyOn(console, "log").mockImplementation(() => undefined);
vi.spyOn(console, "error").mockImplementation(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "stage-"));
afterAll(() => rmSync(folder, {recursive: true}));

const results = join(folder, "results.json");
const node = (code: string, more = {}) => run({name: "stage", command: ["-e", code], minutes: 1, ...more});
const report = (counts: object, files: object[] = []) => {
  const all = {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: files,
    ...counts
  };
  return `require("node:fs").writeFileSync(${JSON.stringify(results)}, ${JSON.stringify(JSON.stringify(all))});`;
};

test("a stage without tests counts as one", async () => {
  expect(await node("")).toEqual({passed: 1, failed: 0, skipped: 0});
  expect(await node("process.exit(3)")).toEqual({passed: 0, failed: 1, skipped: 0});
});

test("a stage with tests counts what vitest reports", async () => {
  const code = report({numPassedTests: 5, numFailedTests: 2, numPendingTests: 1});
  expect(await node(`${code} process.exit(1)`, {results})).toEqual({passed: 5, failed: 2, skipped: 1});
});

test("a stage names the tests that it skipped", async () => {
  const files = [
    {
      status: "passed",
      assertionResults: ["passed", "skipped"].map((status) => ({status, fullName: `a ${status} test`}))
    }
  ];
  await node(report({numPassedTests: 1, numPendingTests: 1}, files), {results});
  const lines = printed.mock.calls.flat().filter((line: string) => line.startsWith("skipped"));
  expect(lines).toEqual(["skipped: a skipped test"]);
});

test("a test file that cannot be loaded is a failed test", async () => {
  const code = report({numPassedTests: 5}, [{status: "failed", assertionResults: []}]);
  expect(await node(`${code} process.exit(1)`, {results})).toEqual({passed: 5, failed: 1, skipped: 0});
});

test("a stage that breaks down after its tests, or before them, has failed", async () => {
  expect(await node(`${report({numPassedTests: 5})} process.exit(1)`, {results})).toMatchObject({passed: 5, failed: 1});
  expect(await node("process.exit(1)", {results})).toEqual({passed: 0, failed: 1, skipped: 0});
});

test("a stage that does not end is ended and has failed", async () => {
  expect(await node("setInterval(() => {}, 1000)", {minutes: 0.01})).toMatchObject({failed: 1});
});

test("the sum names skipped tests only when there are some", () => {
  const sum = total([
    {passed: 1, failed: 0, skipped: 0},
    {passed: 2, failed: 1, skipped: 0}
  ]);
  expect(summary(sum)).toBe("3 passed, 1 failed");
  expect(summary({...sum, skipped: 2})).toBe("3 passed, 1 failed, 2 skipped");
});

test("both commands end within ninety minutes, whatever hangs", () => {
  const minutes = [...short, ...long].reduce((sum, stage) => sum + stage.minutes, 0);
  expect(minutes).toBeLessThanOrEqual(80); // the rest is for the installation
});
