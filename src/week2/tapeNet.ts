import {type Field, inner, reals} from "../components/math/field.js";
import {exp, log, tanh} from "../components/math/primitives.js";
import {rng as seeded} from "../components/math/random.js";
import {tape} from "../components/math/tape.js";
import {twoClasses, type Shape} from "../week1/twoClasses.js";
import {overwriting} from "./backprop/graph.js";

/** A run: a network 2 → H → H → 1 with tanh, every number of it a node of the tape. */
export interface TapeRun {
  shape: Shape;
  hidden: number;
  steps: number;
  batch: number;
  rate: number;
  seed: number;
  /** Adjoints are overwritten instead of added up. */
  mistake?: boolean;
}

export interface TapeResult {
  curve: [step: number, loss: number][];
  accuracy: number;
  /** Nodes on the tape of one step. */
  nodes: number;
  seconds: number;
}

const count = 256;

/** The number of weights and biases. */
export const size = (hidden: number): number => 2 * hidden + hidden + hidden * hidden + hidden + hidden + 1;

/** The network's output for one point, in any field. */
export function output<S>(o: Field<S>, theta: S[], hidden: number, x: readonly [number, number]): S {
  let at = 0;
  const layer = (inputs: S[], outputs: number): S[] =>
    Array.from({length: outputs}, () => {
      const weights = theta.slice(at, at + inputs.length);
      at += inputs.length + 1;
      return o.plus(inner(o, weights, inputs), theta[at - 1]);
    });
  const active = (values: S[]) => values.map((value) => o.map(tanh, value));
  const point = x.map((value) => o.constant(value));
  return layer(active(layer(active(layer(point, hidden)), hidden)), 1)[0];
}

/** The mean of ln(1 + e^(−sz)) over points with signs s = ±1. */
export function meanLoss<S>(o: Field<S>, theta: S[], hidden: number, points: [number, number][], labels: ArrayLike<number>): S {
  const terms = points.map((point, i) => {
    const z = output(o, theta, hidden, point);
    return o.map(log, o.plus(o.constant(1), o.map(exp, o.times(o.constant(labels[i] ? -1 : 1), z))));
  });
  return o.over(terms.reduce((a, b) => o.plus(a, b)), o.constant(points.length));
} // prettier-ignore

/** First weights from N(0, 1/n), biases 0. */
export function initial(hidden: number, seed: number): number[] {
  const rng = seeded(seed).fork("weights");
  const layer = (inputs: number, outputs: number) =>
    Array.from({length: outputs}, () => [...rng.normal(inputs, 0, 1 / Math.sqrt(inputs)), 0]).flat();
  return [layer(2, hidden), layer(hidden, hidden), layer(hidden, 1)].flat();
}

/** Gradient descent with momentum 0.9 by the scalar tape alone; a new tape every step. */
export function train({shape, hidden, steps, batch, rate, seed, mistake = false}: TapeRun): TapeResult {
  const rng = seeded(seed);
  const {points, labels} = twoClasses(rng.fork("points"), shape, count);
  let theta = initial(hidden, seed);
  let velocity = theta.map(() => 0);
  const curve: [number, number][] = [];
  let nodes = 0;
  const began = performance.now();
  for (let step = 0; step < steps; ++step) {
    const rows = Array.from(rng.fork("batch", step).integers(batch, count));
    const sheet = tape(reals);
    const inputs = theta.map(sheet.input);
    const loss = meanLoss(sheet.field, inputs, hidden, rows.map((i) => points[i]), rows.map((i) => labels[i])); // prettier-ignore
    const adjoints = mistake ? overwriting(sheet.nodes, loss.index) : sheet.pullBack([loss], [1]);
    velocity = velocity.map((v, i) => 0.9 * v + adjoints[i]);
    theta = theta.map((w, i) => w - rate * velocity[i]);
    nodes = sheet.nodes.length;
    if (step % 10 === 0 || step === steps - 1) curve.push([step, meanLoss(reals, theta, hidden, points, labels)]);
  }
  const right = points.filter((point, i) => output(reals, theta, hidden, point) > 0 === labels[i] > 0).length;
  return {curve, accuracy: right / count, nodes, seconds: (performance.now() - began) / 1000};
}
