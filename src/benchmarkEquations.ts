import {intensity, leastTime, ridge, roof, throughput} from "./benchmark/arithmetic.js";
import {bytesOf, flopsOf} from "./benchmark/flops.js";
import type {Equation} from "./components/math/equation.js";
import type {Rng} from "./components/math/random.js";

const within = (expected: number) => 1e-12 * Math.abs(expected);
const pair = (got: number, expected: number) => ({got, expected, within: within(expected)});

/** A number between two others, even on a logarithmic scale. */
const between = (rng: Rng, low: number, high: number) => low * (high / low) ** rng.uniform(1)[0];

const drawn = (rng: Rng) => ({
  ceilings: {flops: between(rng, 1e9, 1e13), bytes: between(rng, 1e10, 1e12)},
  work: {flops: between(rng, 1e3, 1e12), bytes: between(rng, 1e6, 1e9)}
});

/** Sizes of a small convolution: images, rows, columns, channels in and out. */
const sizes = (rng: Rng) => Array.from(rng.integers(5, 4), (n) => n + 2);

/** Multiplications and additions of a 3 × 3 convolution with a margin of 1, counted in its loops, over the bytes of its three tensors. */
function counted([images, rows, columns, from, to]: number[]): number {
  let operations = 0;
  for (let cell = 0; cell < images * rows * columns; ++cell)
    for (let output = 0; output < to; ++output)
      for (let tap = 0; tap < 9; ++tap) for (let input = 0; input < from; ++input) operations += 2;
  const cells = images * rows * columns;
  return operations / (4 * (cells * from + cells * to + 9 * from * to));
}

function byTable([images, rows, columns, from, to]: number[]): number {
  const call = {
    kernel: "DlmConv2D",
    inputs: {x: [images, rows, columns, from], filter: [3, 3, from, to]},
    attributes: {stride: 1},
    outputs: [[images, rows, columns, to]]
  };
  return flopsOf(call) / bytesOf(call);
}

const productIntensity = (n: number) => {
  const call = {kernel: "DlmMatMul", inputs: {a: [n, n], b: [n, n]}, attributes: {transposeA: false}, outputs: [[n, n]]}; // prettier-ignore
  return flopsOf(call) / bytesOf(call);
};

/** The numbered equations of the benchmark's page, in its order. */
export const equations: Equation[] = [
  {
    name: "roofline",
    says: "operations over the longer of the two times against the lower of the two ceilings",
    compare(rng) {
      const {ceilings, work} = drawn(rng);
      const fastest = {...work, seconds: leastTime(ceilings, work)};
      return pair(throughput(fastest), roof(ceilings, intensity(work)));
    },
    mutation: {
      says: "with the sum of the two times",
      compare(rng) {
        const {ceilings, work} = drawn(rng);
        const seconds = work.flops / ceilings.flops + work.bytes / ceilings.bytes;
        return pair(throughput({...work, seconds}), roof(ceilings, intensity(work)));
      }
    }
  },
  {
    name: "ridge",
    says: "at the ridge arithmetic and copying take the same time",
    compare(rng) {
      const {ceilings, work} = drawn(rng);
      const flops = ridge(ceilings) * work.bytes;
      return pair(flops / ceilings.flops, work.bytes / ceilings.bytes);
    },
    mutation: {
      says: "with β / π",
      compare(rng) {
        const {ceilings, work} = drawn(rng);
        const flops = work.bytes / ridge(ceilings);
        return pair(flops / ceilings.flops, work.bytes / ceilings.bytes);
      }
    }
  },
  {
    name: "conv",
    says: "the operations of a 3 × 3 convolution counted in its loops, over its bytes, against the formula of the table",
    compare(rng) {
      const drawn = sizes(rng);
      return pair(byTable(drawn), counted(drawn));
    },
    mutation: {
      says: "without the filter's bytes",
      compare(rng) {
        const [images, rows, columns, from, to] = sizes(rng);
        const cells = images * rows * columns;
        const wrong = (18 * cells * from * to) / (4 * cells * (from + to));
        return pair(wrong, counted([images, rows, columns, from, to]));
      }
    }
  },
  {
    name: "product",
    says: "the intensity of the product of two n × n matrices against n / 6",
    compare(rng) {
      const n = 2 + rng.integers(1, 500)[0];
      return pair(productIntensity(n), n / 6);
    },
    mutation: {
      says: "with a multiplication and an addition counted as one",
      compare(rng) {
        const n = 2 + rng.integers(1, 500)[0];
        return pair(productIntensity(n), n / 12);
      }
    }
  },
  {
    name: "elementwise",
    says: "the intensity of a ReLU of n numbers against 1 / 8",
    compare(rng) {
      const shape = [2 + rng.integers(1, 500)[0]];
      const call = {kernel: "DlmRelu", inputs: {x: shape}, attributes: {}, outputs: [shape]};
      return pair(flopsOf(call) / bytesOf(call), 1 / 8);
    },
    mutation: {
      says: "with the numbers that are read and not those that are written",
      compare(rng) {
        const shape = [2 + rng.integers(1, 500)[0]];
        const call = {kernel: "DlmRelu", inputs: {x: shape}, attributes: {}, outputs: [shape]};
        return pair(flopsOf(call) / (4 * shape[0]), 1 / 8);
      }
    }
  }
];
