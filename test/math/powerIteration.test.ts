import {expect, test} from "vitest";
import {powerIteration} from "../../src/components/math/powerIteration.js";

const a = [
  [2, 1],
  [1, 2]
];

test("the error falls by |λ₂/λ₁| a step, the Rayleigh quotient's by its square", () => {
  const states = powerIteration(a, [1, 0], 12);
  const tangent = ({vector: [x, y]}: {vector: number[]}) => Math.abs((x - y) / (x + y)); // of the angle to (1, 1)
  for (let k = 0; k < 12; ++k) expect(tangent(states[k + 1]) / tangent(states[k])).toBeCloseTo(1 / 3, 10);
  expect((3 - states[9].value) / (3 - states[8].value)).toBeCloseTo(1 / 9, 6);
});

test("at an eigenvector the residual is zero; the value is the eigenvalue", () => {
  const [state] = powerIteration(a, [5, 5], 0);
  expect(state.value).toBeCloseTo(3, 14);
  expect(state.residual).toBeLessThan(1e-14);
});

test("a negative eigenvalue of largest size is found, with its sign", () => {
  const last = powerIteration([[1, 0], [0, -2]], [1, 1], 60).at(-1)!; // prettier-ignore
  expect(last.value).toBeCloseTo(-2, 14);
});

test("what cannot be iterated is refused", () => {
  expect(() => powerIteration([[1, 2]], [1, 1], 1)).toThrow("powerIteration: expected a square matrix, got 1 × 2");
  expect(() => powerIteration([[0, 0], [0, 0]], [1, 1], 1)).toThrow("expected A v ≠ 0, got ‖A v‖ = 0 in step 1"); // prettier-ignore
});
