import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {clusteringAccuracy} from "../components/evaluate/clusteringAccuracy.js";
import {momentumAfter, sharpened} from "./dino/teacher.js";

/** Clusters by classes, of the exercise on matching. */
export const table = [
  [6, 5, 0],
  [5, 0, 1],
  [0, 1, 2]
];

/** Two labellings that meet as the table says. */
const listed = table.flatMap((row, cluster) => row.flatMap((n, label) => Array.from({length: n}, () => [cluster, label]))); // prettier-ignore

const outputs: [g: number[], centre: number[], temperature: number][] = [
  [[0.2, 0.2, 0.2], [0, 0, 0], 0.04],
  [[0.5, 0.1, -0.3], [0.1, 0.1, 0], 0.1],
  [[900, 0], [0, 0], 0.04]
]; // prettier-ignore

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-uniform": number("H (nats)", Math.log(1024), 1e-3),
  "ex-terms": number("terms", 14, 0),
  "ex-schedule": number("m", momentumAfter(0.5, 0.996), 1e-4),
  "ex-centre": number("steps", Math.ceil(Math.log(0.01) / Math.log(0.9)), 0),
  "ex-diagnose": choice(
    "KL is 0 and the teacher's entropy is ln K. What is missing is",
    1,
    "centring",
    "sharpening",
    "the momentum of the teacher"
  ),
  "ex-one-hot": choice(
    "KL is 0 and the teacher's entropy is 0. What is missing is",
    0,
    "centring",
    "sharpening",
    "a larger K"
  ),
  "ex-average": choice(
    "With m = 0 the teacher is",
    2,
    "a random network",
    "the student of the run's beginning",
    "the student of the step before"
  ),
  "ex-matching": number(
    "accuracy",
    clusteringAccuracy(
      listed.map(([cluster]) => cluster),
      listed.map(([, label]) => label)
    ).accuracy,
    1e-6
  ),
  "ex-warm-up": choice(
    "A higher teacher's temperature comes nearer to",
    1,
    "one prototype for all images",
    "the uniform distribution",
    "neither"
  ),
  "ex-spherical": number("inertia", 2 * (2 - 2 * Math.cos(Math.PI / 4)), 1e-4),
  "ex-silhouette": number("s", (6.5 - 1) / 6.5, 1e-3),
  "ex-write": {
    kind: "code",
    ask: "The teacher's distribution",
    start:
      "// Scores g and centre c, lists of K numbers: softmax((g − c) / temperature), also for large scores.\nfunction teacher(g, c, temperature) {\n  return g;\n}",
    cases: outputs.map(([g, centre, temperature]) => ({
      args: [g, centre, temperature],
      expected: sharpened(g, centre, temperature),
      within: 1e-9
    }))
  }
};
