import {expect, test} from "vitest";
import {adam} from "../../src/components/optimizers/adam.js";
import {adamw} from "../../src/components/optimizers/adamw.js";
import {descend, walk} from "./trajectory.js";

const decay = {amount: 0.2};

test("three steps by hand, with β₁ = 0.5, β₂ = 0.75 and λ = 0.2", () => {
  const [a, b, c] = walk(adamw({beta1: 0.5, beta2: 0.75, decay}), 1, [2, -1, 4], 0.1);
  expect(a).toBeCloseTo(1 - 0.1 * (1 + 0.2 * 1), 6);
  expect(b).toBeCloseTo(a - 0.1 * (0.2 * a), 6);
  expect(c).toBeCloseTo(b - 0.1 * (2 / 0.875 / Math.sqrt(4.75 / 0.578125) + 0.2 * b), 6);
});

test("with zero gradient θ ← (1 − ηλ) θ, where Adam with L2 moves η", () => {
  const path = walk(adamw({decay}), 3, [0, 0, 0], 0.1);
  path.forEach((w, i) => expect(w).toBeCloseTo(3 * 0.98 ** (i + 1), 6));
  expect(walk(adam({decay}), 3, [0], 0.1)[0]).toBeCloseTo(2.9, 5);
});

test("without decay it is Adam, number for number", () => {
  const gradients = [2, -1, 4, 0.5, -3];
  expect(walk(adamw({decay: {amount: 0}}), 1, gradients, 0.1)).toEqual(walk(adam(), 1, gradients, 0.1));
});

test("decay does not enter the moments: doubling λ doubles the shrinkage and nothing else", () => {
  const shrinkage = (amount: number) => walk(adamw({decay: {amount}}), 1, [5], 0.1)[0] - walk(adam(), 1, [5], 0.1)[0];
  expect(shrinkage(0.4) / shrinkage(0.2)).toBeCloseTo(2, 4);
});

test("on a bowl it converges", () => {
  expect(descend(adamw({decay: {amount: 0}}), 0.3, 400)).toBeLessThan(1e-3);
});
