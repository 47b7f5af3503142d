import {expect, test} from "vitest";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";
import {methodNames} from "../../src/week1/fiveMethods.js";
import {mapSide, train, type NetworkRun} from "../../src/week1/networkRuns.js";
import {bands, paint} from "../../src/week1/optimizationAlgorithms/network.js";
import {evaluate, gradient, initialise, parameterCount} from "../../src/week1/planeNet.js";
import {twoClasses} from "../../src/week1/twoClasses.js";

const run: Omit<NetworkRun, "method"> = {rate: 0.1, shape: "moons", steps: 60, batch: 32, seed: 1};

test("the network's gradient by hand is that of central differences", () => {
  const data = twoClasses(rng(3), "spirals", 12);
  const theta = initialise(rng(4), 5).map((value, i) => value + 0.1 * Math.sin(i)); // biases too are not 0
  expect(theta).toHaveLength(parameterCount(5));
  const rows = [0, 3, 4, 7, 11];
  const chosen = {points: rows.map((i) => data.points[i]), labels: rows.map((i) => data.labels[i])};
  const expected = numericGradient((x) => evaluate(x, 5, chosen).loss, theta);
  expect(gradient(theta, 5, data, rows)).toEqual(expected.map((g) => expect.closeTo(g, 8)));
});

test("at rate 0 all methods stay at the same start; one seed is one run, another is another", () => {
  const curves = methodNames.map((method) => train({...run, method, rate: 0}).curve);
  for (const curve of curves) expect(curve).toEqual(curves[0]);
  expect(train({...run, method: "SGD"})).toEqual(train({...run, method: "SGD"}));
  expect(train({...run, method: "SGD", seed: 2}).curve[0]).not.toEqual(curves[0][0]);
});

test("a single step of SGD and of momentum is the same: they got the same weights and the same batch", () => {
  const [plain, ball] = (["SGD", "momentum"] as const).map((method) => train({...run, method, steps: 1}).trainLoss);
  expect(ball).toBe(plain);
});

test("all five learn the moons; a rate that is far too large does not", () => {
  const rates = {SGD: 1, momentum: 0.2, Nesterov: 0.2, RMSProp: 0.02, Adam: 0.03};
  for (const method of methodNames) {
    const {trainLoss, testAccuracy} = train({...run, method, rate: rates[method], steps: 400});
    expect(trainLoss, method).toBeLessThan(0.2);
    expect(testAccuracy, method).toBeGreaterThan(0.93);
  }
  expect(train({...run, method: "SGD", rate: 300, steps: 50}).trainLoss).toBeGreaterThan(0.5);
});

test("the two classes lie on curves that do not meet, and every second point is of class 1", () => {
  for (const shape of ["moons", "spirals"] as const) {
    const {points, labels} = twoClasses(rng(1), shape, 200);
    expect(labels.filter((label) => label === 1)).toHaveLength(100);
    expect(Math.max(...points.flat().map(Math.abs))).toBeLessThan(2);
  }
});

test("a band is from the best seed to the worst around the median, and what is no number counts as the top", () => {
  expect(bands([{method: "SGD", rate: 1, losses: [0.3, NaN, 0.1]}], 1)).toEqual([
    {method: "SGD", rate: 1, low: 0.1, middle: 0.3, high: 1}
  ]);
});

test("a map is painted with its lowest row below: class 1 in orange where it is likely", () => {
  const map = Float32Array.from({length: mapSide ** 2}, (_, i) => (i < mapSide ? 1 : 0)); // likely at the bottom
  const {data} = paint([map], "moons", 1);
  const red = (row: number) => data[3 * row * mapSide];
  expect(red(mapSide - 1)).toBeGreaterThan(red(0));
});
