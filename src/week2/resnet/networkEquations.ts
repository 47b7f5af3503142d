import type {Equation} from "../../components/math/equation.js";
import {broken, between, numbered, apart} from "../../components/math/numbered.js";
import type {Rng} from "../../components/math/random.js";
import {seenBy} from "../architectures/byHand.js";
import {smoothedLoss, smoothedTarget} from "../byHand.js";
import {countByStage, outputSide, type Stem} from "../resnetCount.js";

const whole = (rng: Rng, low: number, high: number) => low + rng.integers(1, high - low + 1)[0];
const normal = (rng: Rng, count: number, deviation = 1) => Array.from(rng.normal(count, 0, deviation));

const count = numbered(
  "count",
  "weights and multiply-adds of a drawn convolution, counted window by window, against the formulas",
  "the window may hang over the edge: without − k",
  (rng, mutated) => {
    const [k, C, O, H, s, p] = [whole(rng, 1, 4), whole(rng, 1, 5), whole(rng, 1, 5), whole(rng, 6, 14), whole(rng, 1, 3), whole(rng, 0, 2)]; // prettier-ignore
    let windows = 0;
    for (let start = -p; start + k <= H + p; start += s) windows += 1; // every place where a window fits
    const counted = [windows, k * k * C * O, windows ** 2 * k * k * C * O];
    const side = mutated ? Math.floor((H + 2 * p) / s) + 1 : outputSide(H, k, s, p);
    return apart(counted, [side, k ** 2 * C * O, k ** 2 * C * O * side ** 2], 0);
  }
);

/** The main path of a ResNet of basic blocks up to the end of its last stage. */
function mainPath(depth: number, stem: Stem) {
  const blocks = {10: [1, 1, 1, 1], 18: [2, 2, 2, 2], 34: [3, 4, 6, 3]}[depth]!;
  const three = (stride: number) => ({kernel: 3, stride});
  const entry = stem === "3×3" ? [three(1)] : [{kernel: 7, stride: 2}, three(2)];
  const stages = blocks.map((count, stage) =>
    Array.from({length: count}, (_, block) => [three(stage > 0 && block === 0 ? 2 : 1), three(1)])
  );
  return [...entry, ...stages.flat(2)];
}

const field = numbered(
  "field",
  "the table's field at the end of a drawn network, against walking back from one unit to every pixel that it reads",
  "the spacing behind the layer, j with the layer's own stride",
  (rng, mutated) => {
    const depth = [10, 18, 34][whole(rng, 0, 2)];
    const stem = (["3×3", "7×7 and max-pool"] as const)[whole(rng, 0, 1)];
    const path = mainPath(depth, stem);
    let [early, jump] = [1, 1];
    for (const {kernel, stride} of path) [early, jump] = [early + (kernel - 1) * jump * stride, jump * stride];
    return {got: mutated ? early : countByStage(depth, 8, {stem})[4].field, expected: seenBy(path), within: 0};
  }
);

const loss = numbered(
  "loss",
  "the sum against the mean of −ln p over labels that are, with probability ε, drawn anew from all classes",
  "ε spread over the K − 1 others",
  (rng, mutated) => {
    const [K, epsilon] = [whole(rng, 3, 10), between(rng, 0.1, 0.5)];
    const [z, y] = [normal(rng, K, 2), whole(rng, 0, K - 1)];
    const normaliser = Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0));
    const surprise = z.map((value) => normaliser - value);
    const drawn = surprise.reduce((sum, value) => sum + value, 0) / K;
    const target = mutated
      ? z.map((_, k) => (k === y ? 1 - epsilon : epsilon / (K - 1)))
      : smoothedTarget(y, K, epsilon);
    return {got: smoothedLoss(z, target), expected: (1 - epsilon) * surprise[y] + epsilon * drawn, within: 1e-10};
  }
);

const sgd = numbered(
  "sgd",
  "thirty steps on a drawn quadratic, against Nesterov's position and velocity, looked at ahead",
  "the velocity before the step in place of that after it",
  (rng, mutated) => {
    const [rate, momentum] = [between(rng, 0.05, 0.2), between(rng, 0.5, 0.9)];
    const [slopes, from] = [[between(rng, 0.5, 2), between(rng, 0.5, 2)], normal(rng, 2)];
    const gradient = (x: number[]) => x.map((value, i) => slopes[i] * value);
    let [theta, v] = [from, [0, 0]];
    let [w, u] = [from, [0, 0]];
    for (let step = 0; step < 30; ++step) {
      const g = gradient(theta);
      const next = v.map((value, i) => momentum * value + g[i]);
      const used = mutated ? v : next;
      [theta, v] = [theta.map((value, i) => value - rate * (g[i] + momentum * used[i])), next];
      const ahead = gradient(w.map((value, i) => value + momentum * u[i]));
      u = u.map((value, i) => momentum * value - rate * ahead[i]);
      w = w.map((value, i) => value + u[i]);
    }
    const looked = w.map((value, i) => value + momentum * u[i]);
    return apart(theta, looked, 1e-10);
  }
);

const orbit = numbered(
  "orbit",
  "cross-entropy of the mean of four drawn logits, against the mean of the four cross-entropies",
  "the inequality the other way round",
  (rng, mutated) => {
    const views = Array.from({length: 4}, () => normal(rng, 5, 2));
    const target = smoothedTarget(whole(rng, 0, 4), 5, 0);
    const losses = views.map((z) => smoothedLoss(z, target));
    const averaged = smoothedLoss(
      views[0].map((_, k) => views.reduce((sum, z) => sum + z[k] / 4, 0)),
      target
    );
    const mean = losses.reduce((sum, value) => sum + value / 4, 0);
    return broken([mutated ? [averaged, mean] : [mean, averaged]]);
  }
);

/** Of the network, its loss, its optimizer and its data, in the order of the page. */
export const networkEquations: Equation[] = [count, field, loss, sgd, orbit];
