import {resolve} from "node:path";
import {parseArgs} from "node:util";
import {dataFolder} from "./catalogue.js";
import {prepare} from "./data/cifar10.js";
import {prepareOmniglot} from "./data/omniglot.js";
import {Problem} from "./data/problem.js";
import {progress} from "./data/progress.js";
import {state} from "./data/state.js";

const usage = `npm run data                        lists the data sets
npm run data -- cifar10             downloads CIFAR-10 (170 MB), checks and unpacks it
    --from FILE                     takes a local archive instead
    --unofficial                    accepts one that is not the official archive, and marks it
    --note TEXT                     what to say of it wherever its results are shown
npm run data -- omniglot            downloads two small sets of Omniglot (3 MB), checks and unpacks them
    --from FILE --from FILE         takes the two local zip files instead, or --from FOLDER with both`;

const sets = ["cifar10", "omniglot"];

async function main(): Promise<void> {
  const {set, from, unofficial, note} = command();
  const data = dataFolder();
  if (!set) {
    for (const name of sets) console.log(`${name}: ${(await state(data, name)).line}`);
    console.log(`\n${usage}`);
    return;
  }
  const before = await state(data, set);
  const local = from?.map((path) => resolve(process.env.INIT_CWD ?? ".", path));
  if (!before.present || local) {
    if (set === "omniglot") await prepareOmniglot(data, {from: local, show: progress()});
    else await prepare(data, {from: local?.[0], unofficial, note, show: progress()});
  }
  console.log(`${set}: ${(await state(data, set)).line}`);
}

function command() {
  const options = {
    from: {type: "string", multiple: true},
    unofficial: {type: "boolean"},
    note: {type: "string"}
  } as const;
  try {
    const {values, positionals} = parseArgs({options, allowPositionals: true});
    if (positionals.length > 1 || !sets.includes(positionals[0] ?? sets[0]))
      throw new Error(`expected ${sets.join(" or ")}, got ${positionals.join(" ")}`);
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
