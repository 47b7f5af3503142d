import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {reals} from "../../src/components/math/field.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {evaluate} from "../../src/components/math/field.js";
import {columns} from "../../src/components/plots/computationGraph.js";
import {outcome, workerScript, type Case} from "../../src/components/ui/codeRun.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {drawNetwork, tapeNetworkGradient, worstRelative} from "../../src/week2/backprop/agreement.js";
import {readExpression} from "../../src/week2/backprop/expression.js";
import {computeGraph, diamonds} from "../../src/week2/backprop/graph.js";
import {network, type Parameters} from "../../src/week2/backprop/layers.js";
import {checkpointed} from "../../src/week2/backprop/memory.js";
import {formulas, micrograd, microgradPrinted} from "../../src/week2/backprop/published.js";
import {answers} from "../../src/week2/backpropAnswers.js";
import {microgradGradient, networkGradient} from "../../src/week2/backpropFloat32.js";
import {initial, meanLoss, size, train} from "../../src/week2/tapeNet.js";
import {gradient, vjp} from "../../src/components/math/tape.js";
import {rng} from "../../src/components/math/random.js";
import {twoClasses} from "../../src/week1/twoClasses.js";
import {values} from "../gradients.js";

const value = (text: string, ...x: number[]) => evaluate(readExpression(text).f, x)[0];

test("formulas are read with the usual precedence, powers first, and signs before letters", () => {
  expect(value("2 + 3*x", 4)).toBe(14);
  expect(value("x - y - z", 10, 3, 2)).toBe(5);
  expect(value("x / y / z", 24, 3, 2)).toBe(4);
  expect(value("-x^2", 3)).toBe(-9);
  expect(value("2*(x + 1)^3", 1)).toBe(16);
  expect(value("a = x*y; b = a + 1; a*b", 2, 3)).toBe(42);
  expect(value("exp(ln(x)) + sqrt(x)·2 − relu(-x)", 9)).toBeCloseTo(15, 12);
  expect(readExpression("a = x*y; a + w1").names).toEqual(["x", "y", "w1"]);
});

test("what cannot be read is named", () => {
  expect(() => readExpression("x +")).toThrow("formula: expected something more, got the end");
  expect(() => readExpression("x ? y")).toThrow("formula: expected letters, numbers and signs, got ?");
  expect(() => readExpression("(x + y")).toThrow("formula: expected ), got the end");
  expect(() => readExpression("x y")).toThrow("formula: expected the end, got y");
  expect(() => readExpression("tanh x")).toThrow("formula: expected (, got x");
  expect(() => readExpression("x^0.5")).toThrow("formula: expected an exponent from 1 to 9");
  expect(() => readExpression("1 + 2")).toThrow("formula: expected a letter to differentiate by, got none");
  expect(() => readExpression("a = x; ")).toThrow("formula: expected something more, got the end");
});

test.each(formulas)("$name: the drawn adjoints of the inputs are the differences' gradient", ({text, at}) => {
  const {names, adjoints, nodes, output} = computeGraph(text, at);
  const x = names.map((name) => at[name]);
  const numeric = numericGradient((v) => value(text, ...v), x);
  names.forEach((_, i) => expect(adjoints[i]).toBeCloseTo(numeric[i], 6));
  expect(nodes[output].value).toBe(value(text, ...x));
});

test("nodes stand right of their arguments, and constants just left of their first user", () => {
  const {nodes, labels} = computeGraph(formulas[0].text, formulas[0].at);
  const drawn = nodes.map(({value, edges}, i) => ({label: labels[i], value, edges, gradient: 0}));
  const at = columns(drawn);
  drawn.forEach(({edges}, i) => edges.forEach(({from}) => expect(at[from]).toBeLessThan(at[i])));
  const one = labels.indexOf("1");
  const user = drawn.findIndex(({edges}) => edges.some(({from}) => from === one));
  expect(at[one]).toBe(at[user] - 1);
});

test("micrograd's expression has the printed numbers, in float64 and in tfjs", () => {
  const {value: found, product} = vjp(micrograd, [-4, 2], [1]);
  expect(found[0]).toBeCloseTo(microgradPrinted.value, 4);
  product.forEach((g, i) => expect(g).toBeCloseTo(microgradPrinted.gradient[i], 4));
  expect(worstRelative(values(microgradGradient(-4, 2).gradient), product)).toBeLessThan(1e-5);
});

test("a network's gradient by hand, by the scalar tape and by tfjs are the same", () => {
  for (const seed of [1, 7]) {
    const drawn = drawNetwork(seed);
    const byTape = tapeNetworkGradient(drawn);
    const byHand = network(drawn.parameters, drawn.x, drawn.targets).gradient;
    const float32 = networkGradient(drawn.parameters, drawn.x, drawn.targets);
    for (const name of ["first", "firstBias", "second", "secondBias"] as const) {
      expect(worstRelative([byHand[name]].flat(2) as number[], byTape[name])).toBeLessThan(1e-12);
      expect(worstRelative(values(float32[name]), byTape[name])).toBeLessThan(1e-5);
    }
  }
});

type Swept = {at: number[]; value: number; gradient: number[]};
const stored = JSON.parse(readFileSync("test/fixtures/pytorch/backprop.json", "utf8")) as Record<"example" | "neuron" | "used twice" | "micrograd", Swept> & {network: {x: number[][]; targets: number[][]; loss: number; parameters: Parameters; gradient: Parameters}}; // prettier-ignore

test.each([
  ["example", readExpression("x*tanh(x + y^2)").f],
  ["neuron", readExpression(formulas[0].text).f],
  ["used twice", readExpression(formulas[1].text).f],
  ["micrograd", micrograd]
] as const)("%s: the tape's value and gradient are PyTorch's", (name, f) => {
  const {at, value: expected, gradient: slopes} = stored[name];
  const {value: found, product} = vjp(f, at, [1]);
  expect(found[0]).toBeCloseTo(expected, 12);
  product.forEach((g, i) => expect(g).toBeCloseTo(slopes[i], 12));
  expect(product).toHaveLength(slopes.length);
});

test("a network's loss and gradient, by hand and by the tape, are PyTorch's", () => {
  const {x, targets, parameters, loss, gradient: expected} = stored.network;
  const byHand = network(parameters, x, targets);
  const byTape = tapeNetworkGradient({x, targets, parameters});
  expect(byHand.loss).toBeCloseTo(loss, 12);
  for (const name of ["first", "firstBias", "second", "secondBias"] as const) {
    const theirs = [expected[name]].flat(2) as number[];
    expect(worstRelative([byHand.gradient[name]].flat(2) as number[], theirs)).toBeLessThan(1e-12);
    expect(worstRelative(byTape[name], theirs)).toBeLessThan(1e-12);
  }
});

test("squarings: the sum over 2ᴸ paths is the sweep's adjoint, and there are 2L edges", () => {
  for (const length of [1, 5, 12]) {
    const {paths, edges, sum, sweep} = diamonds(length);
    expect([paths, edges]).toEqual([2 ** length, 2 * length]);
    expect(sum / sweep).toBeCloseTo(1, 10);
  }
});

test("checkpoints at any distance leave the derivative as it is and recompute less than one pass", () => {
  const steps = Array.from({length: 23}, (_, l) => (x: number) => Math.sin((1 + l / 23) * x));
  const slopes = steps.map((_, l) => (x: number) => (1 + l / 23) * Math.cos((1 + l / 23) * x));
  const whole = checkpointed(steps, slopes, 0.7, 23);
  expect(whole.most).toBe(23);
  const [numeric] = numericGradient(([x]) => steps.reduce((y, f) => f(y), x), [0.7]);
  expect(whole.derivative).toBeCloseTo(numeric, 7);
  for (const k of [1, 2, 5, 7, 22]) {
    const {derivative, computed, most} = checkpointed(steps, slopes, 0.7, k);
    expect(derivative).toBeCloseTo(whole.derivative, 12);
    expect(computed).toBeLessThan(2 * 23);
    expect(most).toBeLessThanOrEqual(Math.ceil(23 / k) + k - 1);
  }
});

test("the tape's network: its loss and gradient, and what it learns; with overwritten adjoints it learns less", () => {
  const {points, labels} = twoClasses(rng(1), "moons", 6);
  const theta = initial(3, 5);
  expect(theta).toHaveLength(size(3));
  const byTape = gradient((o, t) => [meanLoss(o, t, 3, points, labels)], theta);
  const numeric = numericGradient((t) => meanLoss(reals, t, 3, points, labels), theta);
  byTape.forEach((g, i) => expect(g).toBeCloseTo(numeric[i], 7));
  const run = {shape: "moons" as const, hidden: 6, steps: 120, batch: 8, rate: 0.1, seed: 1};
  const [sound, broken] = [train(run), train({...run, mistake: true})];
  expect(sound.accuracy).toBeGreaterThan(0.85);
  const last = (curve: [number, number][]) => curve[curve.length - 1][1];
  expect(last(sound.curve)).toBeLessThan(last(broken.curve));
  expect(sound.curve[0][1]).not.toBe(broken.curve[0][1]);
});

const code = (id: string) => answers[id] as Extract<Verify, {kind: "code"}>;

/** How many cases a source passes, run as the page runs it. */
function passes(id: string, source: string): boolean[] {
  const name = /function (\w+)/.exec(source)![1];
  const call = new Function(`let onmessage; ${workerScript(source, name).replace('"use strict";', "")} return ${name};`)() as (...args: unknown[]) => unknown; // prettier-ignore
  return code(id).cases.map((each: Case) => outcome({value: call(...each.args)}, each).passed);
}

test("the code exercises accept another way of writing them, and not what they begin with", () => {
  // each adjoint as a sum over users, from the last node down
  const byUsers = `function solve(edges, result = edges.length - 1) {
    const known = {};
    const of = (n) => known[n] ??= n === result ? 1 : edges.reduce((sum, list, c) => sum + list.reduce((part, [from, slope]) => part + (from === n ? slope * of(c) : 0), 0), 0);
    return edges.map((_, n) => of(n));
  }`;
  expect(passes("ex-sweep", byUsers)).not.toContain(false);
  expect(passes("ex-order", byUsers)).not.toContain(false);
  expect(passes("ex-weights", "function w(x, dy) { const out = x[0].map(() => dy[0].map(() => 0)); for (const [b, row] of x.entries()) for (const [i, a] of row.entries()) for (const [j, d] of dy[b].entries()) out[i][j] += a * d; return out; }")).not.toContain(false); // prettier-ignore
  expect(passes("ex-softmax", "function s(p, dp) { return p.map((_, i) => p.reduce((sum, pk, k) => sum + dp[k] * pk * ((i === k ? 1 : 0) - p[i]), 0)); }")).not.toContain(false); // prettier-ignore
  for (const id of ["ex-sweep", "ex-order", "ex-weights"]) expect(passes(id, code(id).start)).toContain(false);
  expect(passes("ex-softmax", code("ex-softmax").start)).toContain(false);
});

test("the numbers of the exercises by other ways", () => {
  const number = (id: string) => (answers[id] as Extract<Verify, {kind: "number"}>).expected;
  const s = 1 / (1 + Math.exp(-1));
  expect(number("ex-neuron")).toBeCloseTo(2 * s * (1 - s), 12);
  expect(number("ex-shared")).toBe(-4);
  const counted = (levels: number): number => (levels ? 2 * counted(levels - 1) : 1);
  expect(number("ex-paths")).toBe(counted(20));
  const states = Array.from({length: 10_000}, (_, k) => Math.ceil(10_000 / (k + 1)) + k);
  expect(number("ex-memory")).toBe(Math.min(...states));
  const memory = answers["ex-memory"] as Exclude<Verify, {kind: "code"}>;
  expect(["199", "200", "198"].map((entered) => judge(memory, entered).passed)).toEqual([true, false, false]);
  expect(number("ex-cost")).toBe(8_388_608);
});
