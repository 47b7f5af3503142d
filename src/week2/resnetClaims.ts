import {rng} from "../components/math/random.js";
import type {Records} from "../components/data/records.js";
import type {Compute} from "../components/train/compute.js";
import type {Block} from "../components/train/task.js";
import {apart, normalisedGradient, smoothedGradient, smoothedTarget} from "./byHand.js";
import {convolve, convolveByPatches, filterGradient, grid, inputGradient} from "./convolution.js";
import type {State} from "./resnetChecks.js";
import type {ResnetConfig} from "./resnetConfig.js";
import {countByStage, total} from "./resnetCount.js";
import {shared} from "./subset.js";

/** What a check works on: the page's worker, the URL of `resnetChecks`, a configuration, and images. */
export interface Bench {
  compute: Pick<Compute, "call">;
  module: string;
  config: Partial<ResnetConfig>;
  /** The first 64 training images, and all that the overlap is looked for in. */
  few: Records;
  train: Records;
  test: Records;
}

/** Whether a claim about the library holds, and the numbers. `say` takes how far it has come and answers whether to go on. */
type Check = (bench: Bench, say: (detail: string) => boolean) => Promise<{passed: boolean; detail: string}>;

const close = (gap: number, within: number, what: string) => ({
  passed: gap <= within,
  detail: `${what} ${gap.toExponential(1)}, allowed ${within}`
});

const parameters: Check = async ({compute, module}) => {
  const widths = [8, 64];
  const got = await Promise.all(widths.map((width) => compute.call<number>(module, "parameterCount", {width})));
  const expected = widths.map((width) => total(countByStage(18, width), "parameters"));
  const passed = got.every((count, i) => count === expected[i]) && got[1] === 11_173_962;
  return {
    passed,
    detail: `got ${got.join(" and ")} at widths ${widths.join(" and ")}, the table says ${expected.join(" and ")}`
  };
};

const firstLoss: Check = async ({compute, module, config, few}) => {
  const {data} = await compute.call<Block>(module, "firstLoss", config, few, 1);
  return {passed: Math.abs(data[0] - Math.LN10) <= 0.2, detail: `got ${data[0].toFixed(4)}, expected 2.302585 ± 0.2`};
};

const initialisation: Check = async ({compute, module, config}) => {
  type Scale = {path: string; expected: number; count: number; got: Block};
  const scales = await compute.call<Scale[]>(module, "filterScales", config, 1);
  const off = scales.map(({expected, count, got}) => Math.abs(got.data[0] / expected - 1) * Math.sqrt(2 * count));
  const worst = Math.max(...off);
  const where = scales[off.indexOf(worst)].path;
  return {
    passed: worst <= 4,
    detail: `${scales.length} filters, at most ${worst.toFixed(1)} standard errors off (${where}), allowed 4`
  };
};

const convolution: Check = async ({compute, module}) => {
  const draw = rng(21);
  let worst = 0;
  for (const [stride, padding, side] of [
    [1, 1, 6],
    [2, 1, 6],
    [2, 1, 7],
    [2, 0, 5]
  ]) {
    const x = grid([2, side, side, 3], draw.normal(2 * side * side * 3));
    const w = grid([3, 3, 3, 4], draw.normal(108));
    const window = {stride, padding};
    const y = convolve(x, w, window);
    const dy = grid(y.shape, draw.normal(y.data.length));
    const got = await compute.call<Record<"y" | "dx" | "dw", Block>>(module, "convolution", x, w, dy, window);
    const expected = {y, dx: inputGradient(w, dy, x.shape, window), dw: filterGradient(x, dy, w.shape, window)};
    for (const name of ["y", "dx", "dw"] as const) worst = Math.max(worst, apart(got[name].data, expected[name].data));
    worst = Math.max(worst, apart(got.y.data, convolveByPatches(x, w, window).data));
  }
  return close(worst, 1e-4, "four windows; largest difference to the loops and to the product of patches");
};

const normalisation: Check = async ({compute, module}) => {
  const [x, dy] = [1, 2].map((seed) => Array.from(rng(seed).normal(48)));
  const {data} = await compute.call<Block>(module, "normalisation", x, dy, 1.5);
  return close(apart(data, normalisedGradient(x, dy, 1.5)), 1e-5, "largest difference to the formula");
};

const smoothing: Check = async ({compute, module}) => {
  const z = Array.from(rng(3).normal(10, 0, 2));
  const {data} = await compute.call<Block>(module, "smoothing", z, 4, 0.1);
  return close(apart(data, smoothedGradient(z, smoothedTarget(4, 10, 0.1))), 1e-6, "largest difference to p − t");
};

interface Descent {
  state: State;
  loss: Block;
  accuracy: Block;
}

const deterministic: Check = async ({compute, module, config, few}) => {
  const run = () => compute.call<Descent>(module, "descend", config, few, {seed: 1, steps: 2, rate: 0.05, state: null});
  const [one, two] = [await run(), await run()];
  const names = Object.keys(one.state);
  const differing = names.filter((name) => apart(one.state[name].data, two.state[name].data) !== 0);
  return {
    passed: differing.length === 0,
    detail: `${differing.length} of ${names.length} tensors differ after two steps`
  };
};

const oneByOne: Check = async ({compute, module, config, few}) => {
  const some = {...few, count: 3, images: few.images.slice(0, 3 * 3072), labels: few.labels.slice(0, 3)};
  const [all, alone] = [
    await compute.call<Block>(module, "logits", config, few, {seed: 1, state: null}),
    await compute.call<Block>(module, "logits", config, some, {seed: 1, state: null})
  ];
  return close(apart(alone.data, all.data), 1e-4, "logits of three images alone and among 64: largest difference");
};

const disjoint: Check = async ({train, test}) => {
  const count = shared(train, test);
  return {
    passed: count === 0,
    detail: `${count} of ${test.count} test images are, byte for byte, among ${train.count} training images`
  };
};

/** All the way down on 64 images: a network that cannot learn these by heart has a fault somewhere. */
const memory: Check = async ({compute, module, config, few}, say) => {
  const limit = 200;
  let state: State | null = null;
  for (let step = 0; step < limit; step += 5) {
    const done: Descent = await compute.call(module, "descend", config, few, {seed: 1, steps: 5, rate: 0.05, state});
    const right = Array.from(done.accuracy.data).findIndex((fraction) => fraction === 1);
    if (right >= 0) return {passed: true, detail: `all 64 right before step ${step + right + 1}, allowed 200`};
    state = done.state;
    const fits = Math.round(64 * done.accuracy.data[4]);
    if (!say(`step ${step + 5}: ${fits} of 64 right, loss ${done.loss.data[4].toFixed(3)}`)) break;
  }
  return {passed: false, detail: `not all 64 right in ${limit} steps`};
};

/** What this page asks of the library, cheapest first. */
export const claims: [label: string, check: Check][] = [
  ["The library's network has the parameters that the table counts", parameters],
  ["Every filter starts with standard deviation √(2 / fan out)", initialisation],
  ["The library's convolution and its two gradients are the sums above", convolution],
  ["The library's batch normalisation has the gradient above", normalisation],
  ["The library's smoothed cross-entropy has gradient p − t", smoothing],
  ["The first loss is near ln 10", firstLoss],
  ["In evaluation an image's logits do not depend on its batch", oneByOne],
  ["The same seed gives the same weights, bit for bit", deterministic],
  ["No test image is a training image", disjoint],
  ["The network learns 64 images by heart", memory]
];
