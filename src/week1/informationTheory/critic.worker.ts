import {bestEstimate, trainCritic, type CriticRun} from "./critic.js";

/** What the page asks: a run to follow, or the best critic's estimate for each of several runs. */
export type Question = {kind: "train"; run: CriticRun} | {kind: "best"; runs: CriticRun[]};

onmessage = ({data}: MessageEvent<Question>) => {
  if (data.kind === "best") for (const run of data.runs) postMessage({run, estimate: bestEstimate(run)});
  else for (const estimate of trainCritic(data.run)) postMessage(estimate);
  postMessage(null);
};
