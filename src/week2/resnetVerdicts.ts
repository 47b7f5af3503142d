import type {Compute} from "../components/train/compute.js";
import {claims, type Bench} from "./resnetClaims.js";
import type {ResnetConfig} from "./resnetConfig.js";

/** What a check found; `passed` is null while it goes on. */
export interface Verdict {
  label: string;
  passed: boolean | null;
  detail: string;
}

/** Where the checks run: the page's worker, the URLs of `resnetTask` and `resnetChecks`, and a configuration. */
export interface Place {
  compute: Pick<Compute, "call" | "records">;
  task: string;
  module: string;
  config: Partial<ResnetConfig>;
}

/** Runs the checks one after another; yields the list as it fills. Ending the generator ends the check that runs. */
export async function* verdicts(place: Place): AsyncGenerator<Verdict[]> {
  yield [{label: "The data", passed: null, detail: "loading …"}];
  const bench = await prepare(place);
  const done: Verdict[] = [];
  let wanted = true;
  try {
    for (const [label, check] of claims) {
      let [detail, ended, wake] = ["running …", false, () => {}];
      const say = (text: string) => ((detail = text), wake(), wanted);
      const result = check(bench, say).catch(({message}: Error) => ({passed: false, detail: message}));
      void result.then(() => ((ended = true), wake()));
      while (!ended) {
        yield [...done, {label, passed: null, detail}];
        if (!ended) await new Promise<void>((resolve) => (wake = resolve));
      }
      done.push({label, ...(await result)});
    }
  } finally {
    wanted = false;
  }
  yield done;
}

async function prepare(place: Place): Promise<Bench> {
  const {compute, task, config} = place;
  const [train, test] = [
    await compute.records({module: task, config, split: "train"}),
    await compute.records({module: task, config, split: "test"})
  ];
  const images = train.images.slice(0, 64 * train.height * train.width * train.channels);
  return {...place, train, test, few: {...train, count: 64, images, labels: train.labels.slice(0, 64)}};
}
