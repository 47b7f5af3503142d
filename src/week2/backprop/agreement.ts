import {inner, reals} from "../../components/math/field.js";
import {exp, log, tanh} from "../../components/math/primitives.js";
import {rng as seeded} from "../../components/math/random.js";
import {randomMatrix, randomVector} from "../../components/math/randomMatrix.js";
import {tape} from "../../components/math/tape.js";
import {softmaxRows, type Parameters} from "./layers.js";

/** A network 4 → 6 → 3 with 8 rows of inputs and of soft targets. */
export function drawNetwork(seed: number) {
  const rng = seeded(seed);
  const parameters: Parameters = {
    first: randomMatrix(rng, 4, 6),
    firstBias: randomVector(rng, 6),
    second: randomMatrix(rng, 6, 3),
    secondBias: randomVector(rng, 3)
  };
  return {parameters, x: randomMatrix(rng, 8, 4), targets: softmaxRows(randomMatrix(rng, 8, 3))};
}

/** The gradient of its mean cross-entropy by the scalar tape: every number a node. */
export function tapeNetworkGradient({parameters, x, targets}: ReturnType<typeof drawNetwork>): Record<keyof Parameters, number[]> {
  const {field: o, input, pullBack} = tape(reals);
  const [w1, w2] = [parameters.first, parameters.second].map((w) => w.map((row) => row.map(input)));
  const [b1, b2] = [parameters.firstBias, parameters.secondBias].map((b) => b.map(input));
  const losses = x.map((row, b) => {
    const h = b1.map((bias, j) => o.map(tanh, o.plus(inner(o, row.map(o.constant), w1.map((each) => each[j])), bias)));
    const z = b2.map((bias, k) => o.plus(inner(o, h, w2.map((each) => each[k])), bias)); // prettier-ignore
    const total = o.map(log, z.map((each) => o.map(exp, each)).reduce((a, c) => o.plus(a, c))); // ln Σ e^z
    return inner(o, targets[b].map(o.constant), z.map((each) => o.minus(total, each))); // prettier-ignore
  });
  const mean = o.over(losses.reduce((a, c) => o.plus(a, c)), o.constant(x.length)); // prettier-ignore
  const adjoints = pullBack([mean], [1]);
  const of = (nodes: {index: number}[]) => nodes.map(({index}) => adjoints[index]);
  return {first: of(w1.flat()), firstBias: of(b1), second: of(w2.flat()), secondBias: of(b2)};
} // prettier-ignore

/** max |a − b| / max |b|. */
export function worstRelative(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const differences = Array.from(b, (value, i) => Math.abs(a[i] - value));
  return Math.max(...differences) / Math.max(...Array.from(b, Math.abs));
}
