import {expect, test} from "vitest";
import {numericGradient, numericJacobian} from "../../src/components/math/finiteDifference.js";
import {apply, build, determinant, norm, type Matrix} from "../../src/components/math/matrix.js";
import type {Case} from "../../src/components/ui/codeRun.js";
import {answers} from "../../src/week1/linearAlgebraAnswers.js";

// Each answer again, by another way: by search, by differences, or by the definition.
const expected = (id: string): number => {
  const answer = answers[id];
  if (answer.kind !== "number") throw new Error(`${id} is not a number`);
  return answer.expected;
};
const turns = Array.from({length: 20000}, (_, i) => (i * Math.PI) / 20000);
const largestOnCircle = (f: (x: number[]) => number) => Math.max(...turns.map((t) => f([Math.cos(t), Math.sin(t)])));
const length = (x: number[]) => Math.hypot(...x);

test("Jacobian and Hessian by differences", () => {
  const f = ([x, y]: number[]) => [x * x * y, 5 * x + Math.sin(y)];
  expect(determinant(numericJacobian(f, [2, 0]))).toBeCloseTo(expected("ex-jacobian"), 8);
  const saddle = ([x, y]: number[]) => x * x + 4 * x * y + y * y;
  expect(saddle([1, 1]) > 0 && saddle([1, -1]) < 0 && answers["ex-saddle"]).toMatchObject({correct: 2});
  const logSum = (x: number[]) => Math.log(x.reduce((sum, value) => sum + Math.exp(value), 0));
  const second = numericGradient((x) => numericGradient(logSum, x, 1e-4)[0], [0, 0, 0, 0], 1e-4)[0];
  expect(second).toBeCloseTo(expected("ex-hvp"), 6);
});

test("quotients and norms by search over the circle", () => {
  const form = ([x, y]: number[]) => 4 * (2 * x * x + 2 * x * y + 2 * y * y);
  expect(largestOnCircle(form)).toBeCloseTo(expected("ex-rayleigh"), 6);
  expect(largestOnCircle((x) => length(apply([[1, -2], [3, 4]], x)))).toBeCloseTo(expected("ex-spectral"), 6); // prettier-ignore
  expect(expected("ex-spectral")).toBeLessThan(Math.sqrt(42));
});

test("the rotation's tangent solves its equation, and off(A)² falls by 2a²", () => {
  const t = expected("ex-angle");
  expect(t * t + 1.5 * t - 1).toBeCloseTo(0, 14);
  expect(Math.abs(t)).toBeLessThanOrEqual(1);
  expect(expected("ex-off")).toBe(22);
});

test("steps of power iteration, counted", () => {
  let steps = 0;
  for (let tangent = 1; tangent > 1e-6; tangent *= 0.9) ++steps;
  expect(expected("ex-power")).toBe(steps);
});

test("rank, storage, projection, ε, by their definitions", () => {
  expect(expected("ex-rank")).toBeCloseTo(Math.sqrt((4 + 1) / (25 + 9 + 4 + 1)), 14);
  const k = expected("ex-storage");
  expect(k * (32 + 96)).toBeLessThan(32 * 96);
  expect((k + 1) * (32 + 96)).not.toBeLessThan(32 * 96);
  const misfit = ([x]: number[]) => (3 - x) ** 2 + 2 * (3 - 2 * x) ** 2;
  expect(numericGradient(misfit, [expected("ex-projection")])[0]).toBeCloseTo(0, 8);
  expect(expected("ex-epsilon")).toBe(0.5);
});

test("the nearest orthogonal matrix by search over all turns and reflections", () => {
  const a: Matrix = [[3, 0], [4, 5]]; // prettier-ignore
  const distance = (t: number, flip: number) => {
    const q = [[Math.cos(t), -flip * Math.sin(t)], [Math.sin(t), flip * Math.cos(t)]]; // prettier-ignore
    return norm(build(2, 2, (i, j) => a[i][j] - q[i][j]));
  };
  const nearest = Math.min(...turns.flatMap((t) => [1, -1].map((flip) => distance(2 * t, flip))));
  expect(nearest).toBeCloseTo(expected("ex-procrustes"), 6);
});

test("the eigenvalue's derivative by differences: λ₁ = (tr + √(tr² − 4 det)) / 2", () => {
  const largest = (t: number) => {
    const [a, b, d] = [2 + t, 1 + 3 * t, 2 - 2 * t];
    return (a + d + Math.sqrt((a - d) ** 2 + 4 * b * b)) / 2;
  };
  expect((largest(1e-5) - largest(-1e-5)) / 2e-5).toBeCloseTo(expected("ex-perturbation"), 8);
});

/** Solutions as a reader may write them, and what the exercise begins with: the first must pass, the second must not. */
const solutions: Record<string, string> = {
  "ex-root": "function smallerRoot(tau) { return (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(tau * tau + 1)); }",
  "ex-spectral-code":
    "function spectralNorm(a, b, c, d) { const s = a*a + b*b + c*c + d*d, p = a*d - b*c; return Math.sqrt((s + Math.sqrt(Math.max(0, s*s - 4*p*p))) / 2); }",
  "ex-rank-code":
    "function rankFor(v, share) { const size = (x) => Math.sqrt(x.reduce((s, y) => s + y*y, 0)); let k = 0; while (size(v.slice(k)) > share * size(v)) k++; return k; }",
  "ex-vjp-code":
    "function pullBack(W, x, u) { const y = W.map((r) => Math.tanh(r.reduce((s, w, j) => s + w * x[j], 0))); return x.map((_, j) => W.reduce((s, r, i) => s + r[j] * (1 - y[i] ** 2) * u[i], 0)); }",
  "ex-jvp-code":
    "function pushForward(W, x, v) { const d = (r, z) => r.reduce((s, w, j) => s + w * z[j], 0); const y = W.map((r) => Math.tanh(d(r, x))); return [y, W.map((r, i) => (1 - y[i] ** 2) * d(r, v))]; }"
};
const near = (got: unknown, {expected, within}: Case): boolean => {
  const [a, b] = [[got], [expected]].map((x) => (x as unknown[]).flat(3) as number[]);
  return a.length === b.length && b.every((value, i) => Math.abs(a[i] - value) <= (within ?? 1e-9 * Math.abs(value)));
};
const run = (text: string, {args}: Case): unknown => new Function(`return (${text})`)()(...args);

test.each(Object.keys(solutions))("%s accepts a solution, and not what it begins with", (id) => {
  const answer = answers[id];
  if (answer.kind !== "code") throw new Error(`${id} is not code`);
  expect(answer.cases.every((each) => near(run(solutions[id], each), each))).toBe(true);
  expect(answer.cases.every((each) => near(run(answer.start, each), each))).toBe(false);
});
