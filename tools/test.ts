import {mkdir} from "node:fs/promises";
import {provideChromium} from "./browser.js";
import {commandLine} from "./commandLine.js";
import {run, summary, total, type Counts, type Stage} from "./test/stage.js";

/**
 * npm test: types, cells, lint, format, unit tests, build, browser tests; npm run test:long: the soak and the slow ones.
 * Every stage runs, whatever the ones before it said. The last line counts all tests.
 */
const tsx = ["--import", "tsx"];
const results = ".cache/test-results";
const site = ".cache/test-site";
const build = {name: "build", command: [...tsx, "tools/build.ts", "--no-check", "--out", site], minutes: 5};
const vitest = (name: string, config: string, minutes: number): Stage => {
  const file = `${results}/${name.replaceAll(" ", "-")}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    name,
    command: ["node_modules/vitest/vitest.mjs", "run", "--config", config, ...reporters],
    results: file,
    environment: {SITE_DIR: site},
    minutes
  };
};
const short: Stage[] = [
  {name: "check", command: [...tsx, "tools/check.ts"], minutes: 5},
  {name: "lint", command: ["node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"], minutes: 5},
  {name: "format", command: ["node_modules/prettier/bin/prettier.cjs", "--check", "."], minutes: 5},
  vitest("unit tests", "vitest.config.ts", 20),
  build,
  vitest("browser tests", "vitest.browser.config.ts", 20)
];
const long: Stage[] = [build, vitest("long tests", "vitest.long.config.ts", 40)];

const {values} = commandLine("test", {options: {long: {type: "boolean"}}});
await mkdir(results, {recursive: true});
const start = performance.now();
const counts: Counts[] = [browser()];
for (const stage of values.long ? long : short) counts.push(await run(stage));
const sum = total(counts);
console.log(`\n${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
if (sum.skipped && !process.env.CIFAR10_ARCHIVE)
  console.log("CIFAR10_ARCHIVE is not set, so what needs the real CIFAR-10 archive was skipped.");
console.log(summary(sum));
process.exitCode = sum.failed ? 1 : 0;

function browser(): Counts {
  try {
    console.log(`Chromium: ${(process.env.CHROME_PATH = provideChromium())}`);
    return {passed: 0, failed: 0, skipped: 0};
  } catch (error) {
    console.error((error as Error).message);
    return {passed: 0, failed: 1, skipped: 0};
  }
}
