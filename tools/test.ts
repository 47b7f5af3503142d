import {mkdir} from "node:fs/promises";
import {provideChromium} from "./browser.js";
import {commandLine} from "./commandLine.js";
import {run, summary, total, type Counts} from "./test/stage.js";
import {long, results, short} from "./test/stages.js";

/** npm test and npm run test:long. Every stage runs, whatever the ones before it said. The last line counts all tests. */
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
