import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {computeGraph, diamonds} from "./backprop/graph.js";
import {formulas} from "./backprop/published.js";

type Edges = [from: number, slope: number][][];

/** The adjoint of every node by one sweep from the last node, which is the result. */
export function sweep(edges: Edges): number[] {
  const adjoints = edges.map(() => 0);
  adjoints[edges.length - 1] = 1;
  for (let k = edges.length - 1; k >= 0; --k)
    for (const [from, slope] of edges[k]) adjoints[from] += slope * adjoints[k];
  return adjoints;
}

/** The same where nodes stand in any order and `result` is the place of the last one: a node waits for all its users. */
export function sweepAnyOrder(edges: Edges, result: number): number[] {
  const waiting = edges.map(() => 0);
  edges.forEach((list) => list.forEach(([from]) => waiting[from]++));
  const adjoints = edges.map((_, i) => (i === result ? 1 : 0));
  const ready = waiting.flatMap((count, i) => (count === 0 ? [i] : []));
  for (let at = ready.pop(); at !== undefined; at = ready.pop())
    for (const [from, slope] of edges[at]) {
      adjoints[from] += slope * adjoints[at];
      if (--waiting[from] === 0) ready.push(from);
    }
  return adjoints;
}

/** W̄ = XᵀȲ. */
export const weightGradient = (x: number[][], dy: number[][]): number[][] =>
  x[0].map((_, i) => dy[0].map((_, j) => x.reduce((sum, row, b) => sum + row[i] * dy[b][j], 0)));

/** p̄ → z̄ = p ⊙ (p̄ − pᵀp̄) for p = softmax(z). */
export function softmaxBackward(p: number[], dp: number[]): number[] {
  const along = p.reduce((sum, pi, i) => sum + pi * dp[i], 0);
  return p.map((pi, i) => pi * (dp[i] - along));
}

const chain: Edges = [[], [], [[0, 3], [1, 2]], [[2, -1]], [[3, 0.5], [0, 4]]]; // prettier-ignore
const shared: Edges = [[], [[0, 2], [0, 2]], [[1, 1], [0, -3]], [[2, 5], [1, 0.5]]]; // prettier-ignore
const tangled: [Edges, number][] = [
  [[[[1, 2], [3, 5]], [], [[0, 3], [1, 1]], [[1, -1]]], 2],
  [[[], [[3, 1], [2, 1]], [[3, 4]], [[0, 2]]], 1],
  [[[[2, 0.5]], [[0, 1], [2, 1], [3, 1]], [[3, 2]], []], 1]
]; // prettier-ignore

const neuron = formulas[0];

/** What the page's exercises accept. */
export const answers: Record<string, Verify> = {
  "ex-neuron": number("∂f/∂x₀", computeGraph(neuron.text, neuron.at).adjoints[1], 1e-3),
  "ex-shared": number("∂f/∂y", computeGraph(formulas[1].text, formulas[1].at).adjoints[1], 1e-6),
  "ex-sweep": {
    ...{kind: "code", ask: "Every adjoint"},
    start: "function sweep(edges) {\n  // edges[k] is a list of [from, slope] of node k; the last node is the result\n  const adjoints = edges.map(() => 0);\n  // …\n  return adjoints;\n}", // prettier-ignore
    cases: [chain, shared].map((edges) => ({args: [edges], expected: sweep(edges)}))
  },
  "ex-paths": number("Paths", diamonds(12).paths * 2 ** 8, 0),
  "ex-weights": {
    ...{kind: "code", ask: "The gradient of the weights, (I, O)"},
    start: "function weightGradient(x, dy) {\n  // x is (B, I), dy is (B, O)\n  return [];\n}",
    cases: [
      [
        [
          [1, 2],
          [3, 4],
          [5, 6]
        ],
        [[1], [0], [-1]]
      ],
      [[[0.5, -1]], [[2, 3, 4]]]
    ].map(([x, dy]) => ({args: [x, dy], expected: weightGradient(x, dy)}))
  },
  "ex-cost": number("Multiply-adds", 2 * 32 * 512 * 256, 0),
  "ex-memory": number("States", 2 * Math.sqrt(10_000) - 1, 0),
  "ex-switch": choice(
    "What does the unit's weight get?",
    1,
    "The mean of the gradient over the batch",
    "0 at this step, and perhaps for ever",
    "The gradient, times a small slope",
    "NaN"
  ),
  "ex-softmax": {
    ...{kind: "code", ask: "The gradient of z"},
    start: "function softmaxBackward(p, dp) {\n  // p = softmax(z), dp = ∂L/∂p\n  return p.map(() => 0);\n}",
    cases: [[[0.5, 0.3, 0.2], [1, 2, 3]], [[0.1, 0.9], [-4, 0]], [[0.25, 0.25, 0.25, 0.25], [1, 1, 1, 1]]].map(([p, dp]) => ({args: [p, dp], expected: softmaxBackward(p, dp)})) // prettier-ignore
  },
  "ex-order": {
    ...{kind: "code", ask: "Every adjoint, whatever the order of the nodes"},
    start: "function sweepAnyOrder(edges, result) {\n  // edges[k] as before, but a node may stand before its arguments\n  const adjoints = edges.map((_, i) => (i === result ? 1 : 0));\n  // …\n  return adjoints;\n}", // prettier-ignore
    cases: tangled.map(([edges, result]) => ({args: [edges, result], expected: sweepAnyOrder(edges, result)}))
  }
};
