import {resolve} from "node:path";
import {parseArgs} from "node:util";
import {dataFolder} from "./catalogue.js";
import {prepare} from "./data/cifar10.js";
import {Problem} from "./data/problem.js";
import {progress} from "./data/progress.js";
import {state} from "./data/state.js";

const usage = `npm run data                        lists the data sets
npm run data -- cifar10             downloads CIFAR-10 (170 MB), checks and unpacks it
    --from FILE                     takes a local archive instead
    --unofficial                    accepts one that is not the official archive, and marks it
    --note TEXT                     what to say of it wherever its results are shown`;

async function main(): Promise<void> {
  const {set, from, unofficial, note} = command();
  const data = dataFolder();
  if (!set) {
    console.log(`cifar10: ${(await state(data, "cifar10")).line}\n\n${usage}`);
    return;
  }
  const before = await state(data, set);
  if (!before.present || from)
    await prepare(data, {
      from: from && resolve(process.env.INIT_CWD ?? ".", from),
      ...{unofficial, note, show: progress()}
    });
  console.log(`${set}: ${(await state(data, set)).line}`);
}

function command() {
  const options = {from: {type: "string"}, unofficial: {type: "boolean"}, note: {type: "string"}} as const;
  try {
    const {values, positionals} = parseArgs({options, allowPositionals: true});
    if (positionals.length > 1 || (positionals[0] ?? "cifar10") !== "cifar10")
      throw new Error(`expected cifar10, got ${positionals.join(" ")}`);
    return {set: positionals[0], ...values};
  } catch (error) {
    throw new Problem(`${(error as Error).message}\n\n${usage}`);
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
