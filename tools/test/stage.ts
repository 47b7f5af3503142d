import {spawn} from "node:child_process";
import {readFile, rm} from "node:fs/promises";

/** One step of the tests: a command, and for vitest the file its results go to. */
export interface Stage {
  name: string;
  /** Arguments for Node. */
  command: string[];
  results?: string;
  environment?: Record<string, string>;
  /** After which it is ended and counts as failed. */
  minutes: number;
}

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs a stage with its output on the terminal. Without vitest's results the stage itself counts as one test. */
export async function run({name, command, results, environment, minutes}: Stage): Promise<Counts> {
  console.log(`\n== ${name}`);
  if (results) await rm(results, {force: true});
  const start = performance.now();
  const succeeded = await succeeds(command, {...process.env, ...environment}, minutes);
  const {skippedNames, ...counts} = (results && (await countResults(results))) || nothing;
  if (!results) ++counts[succeeded ? "passed" : "failed"];
  else if (!succeeded && !counts.failed) counts.failed = 1; // it broke down outside any test
  for (const name of skippedNames) console.log(`skipped: ${name}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`== ${name}: ${summary(counts)} (${seconds} s)`);
  return counts;
}

const nothing = {passed: 0, failed: 0, skipped: 0, skippedNames: [] as string[]};

export const summary = ({passed, failed, skipped}: Counts): string =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;

export const total = (list: Counts[]): Counts => ({
  passed: list.reduce((sum, {passed}) => sum + passed, 0),
  failed: list.reduce((sum, {failed}) => sum + failed, 0),
  skipped: list.reduce((sum, {skipped}) => sum + skipped, 0)
});

/** A command in a process group of its own, so that its browsers and workers end with it. */
function succeeds(command: string[], env: NodeJS.ProcessEnv, minutes: number): Promise<boolean> {
  return new Promise((resolve) => {
    const detached = process.platform !== "win32";
    const child = spawn(process.execPath, command, {stdio: ["ignore", "inherit", "inherit"], env, detached});
    const end = () => (detached ? process.kill(-child.pid!, "SIGKILL") : child.kill("SIGKILL"));
    const interrupted = () => {
      end();
      process.exit(130);
    };
    const timer = setTimeout(() => {
      console.error(`ended after ${minutes} minutes`);
      end();
    }, minutes * 60_000);
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    child.on("close", (code) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      resolve(code === 0);
    });
  });
}

interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {status: string; assertionResults: {status: string; fullName: string}[]}[];
}

/** Counts of vitest's JSON report; a test file that could not even be loaded is one failed test. */
async function countResults(path: string): Promise<typeof nothing | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return null;
  const {numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults} = JSON.parse(text) as Results;
  const unloaded = testResults.filter((file) => file.status === "failed" && !file.assertionResults.length).length;
  const tests = testResults.flatMap(({assertionResults}) => assertionResults);
  const skippedNames = tests.filter(({status}) => !/^(passed|failed)$/.test(status)).map(({fullName}) => fullName);
  const skipped = numPendingTests + numTodoTests;
  return {passed: numPassedTests, failed: numFailedTests + unloaded, skipped, skippedNames};
}
