import {expect, test} from "vitest";
import type {Manifest} from "../../src/components/data/cifar10.js";
import {scenes} from "../../src/components/data/scenes.js";
import {determinant, identity, add, apply, norm, type Matrix} from "../../src/components/math/matrix.js";
import {eigen} from "../../src/components/math/eigen.js";
import {rng} from "../../src/components/math/random.js";
import {randomMatrix, randomSymmetric} from "../../src/components/math/randomMatrix.js";
import {svd} from "../../src/components/math/svd.js";
import type {Point} from "../../src/components/plots/series.js";
import {costs, hessianVectorFactor, tapeRows} from "../../src/week1/linearAlgebra/costs.js";
import {conditionNumber, ridge, solverErrors} from "../../src/week1/linearAlgebra/fit.js";
import {jacobiStart, jacobiStep} from "../../src/week1/linearAlgebra/jacobi.js";
import {linearError} from "../../src/week1/linearAlgebra/localMap.js";
import {imageMatrix, matrixImage, tail, truncated} from "../../src/week1/linearAlgebra/lowRank.js";
import {inducedNorm, vectorNorm, worstInput} from "../../src/week1/linearAlgebra/norms.js";
import {patches} from "../../src/week1/linearAlgebra/patches.js";
import {firstShard} from "../../src/week1/linearAlgebra/pictures.js";
import {powerErrors} from "../../src/week1/linearAlgebra/powerPanels.js";
import {definiteness, formAt, levelCurves} from "../../src/week1/linearAlgebra/quadraticForms.js";
import {stage, unitBall} from "../../src/week1/linearAlgebra/unitBall.js";

test("a square's image leaves its parallelogram with the square of its side", () => {
  expect(linearError([0.9, 0.3], 0.02) / linearError([0.9, 0.3], 0.01)).toBeCloseTo(4, 1);
});

test("level curves lie on their level, in every axes and for every sign", () => {
  for (const values of [
    [1.5, 0.5],
    [1, -1],
    [2, 0],
    [-1, -0.3]
  ] as Point[])
    // prettier-ignore
    for (const level of [1, -2.25])
      for (const point of levelCurves(values, 0.7, level).flat())
        expect(formAt(values, 0.7, point).value).toBeCloseTo(level, 8);
  expect(levelCurves([1, 1], 0, -1)).toEqual([]);
  expect(levelCurves([1, -1], 0, 1).length).toBeGreaterThan(1); // a hyperbola has two branches
});

test("the form's gradient is that of differences; signs of eigenvalues have their names", () => {
  const f = (x: number, y: number) => formAt([1.5, -0.5], 0.4, [x, y]).value;
  const {gradient} = formAt([1.5, -0.5], 0.4, [0.8, -1.1]);
  expect((f(0.8 + 1e-5, -1.1) - f(0.8 - 1e-5, -1.1)) / 2e-5).toBeCloseTo(gradient[0], 8);
  expect((f(0.8, -1.1 + 1e-5) - f(0.8, -1.1 - 1e-5)) / 2e-5).toBeCloseTo(gradient[1], 8);
  const names = ([[1, 2], [-1, -2], [1, -1], [0, 1], [-1, 0], [0, 0]] as Point[]).map(definiteness); // prettier-ignore
  expect(names.map((name) => name.split(":")[0])).toEqual(["positive definite", "negative definite", "indefinite", "positive semidefinite", "negative semidefinite", "zero"]); // prettier-ignore
});

test("the slow motion ends at A, mirror images too, and its turns keep lengths", () => {
  for (const seed of [1, 2, 3, 4]) {
    const a = randomMatrix(rng(seed), 2);
    expect(norm(add(stage(a, 3), a, -1))).toBeLessThan(1e-13);
    expect(norm(add(stage(a, 0), identity(2), -1))).toBe(0);
    expect(determinant(stage(a, 0.7))).toBeCloseTo(1, 13);
    expect(svd(stage(a, 2.4)).values[0]).toBeCloseTo(svd(a).values[0], 12);
  }
});

test("balls have norm one; the worst input reaches the induced norm", () => {
  for (const kind of [1, 2, "∞"] as const) {
    for (const x of unitBall(kind)) expect(vectorNorm(x, kind)).toBeCloseTo(1, 13);
    const a = randomMatrix(rng(5), 2);
    const worst = worstInput(a, kind);
    expect(vectorNorm(worst, kind)).toBeCloseTo(1, 13);
    expect(vectorNorm(apply(a, worst), kind)).toBeCloseTo(inducedNorm(a, kind), 12);
    for (const x of unitBall(kind)) expect(vectorNorm(apply(a, x), kind)).toBeLessThan(inducedNorm(a, kind) + 1e-12);
  }
});

test("Jacobi's method at the largest element ends at the eigenvalues, off(A) falling in every rotation", () => {
  let state = jacobiStart(randomSymmetric(rng(1), 5));
  const {values} = eigen(state.matrix);
  for (let i = 0; i < 60; ++i) state = jacobiStep(state);
  const {history, matrix} = state;
  history.slice(1).forEach((value, i) => expect(value).toBeLessThan(history[i]));
  expect(history.length).toBeLessThan(40); // it stopped by itself
  matrix.map((row, i) => row[i]).sort((a, b) => b - a).forEach((value, i) => expect(value).toBeCloseTo(values[i], 12)); // prettier-ignore
});

test("in two dimensions power iteration falls by exactly |λ₂/λ₁|", () => {
  const {tangent, value} = powerErrors(-0.7, [0, 1]);
  tangent.slice(1, 20).forEach((now, k) => expect(now / tangent[k]).toBeCloseTo(0.7, 9));
  expect(value[15] / value[14]).toBeCloseTo(0.49, 2);
});

test("an image is its matrix, and its best approximation misses by the tail of the spectrum", () => {
  const {images} = scenes({seed: 0, count: 1});
  const a = imageMatrix(images, 32, 32);
  expect(matrixImage(a)).toEqual(images);
  const decomposed = svd(a);
  for (const k of [0, 1, 5, 31]) {
    const error: Matrix = add(a, truncated(decomposed, k), -1);
    expect(norm(error)).toBeCloseTo(tail(decomposed.values, k), 8);
    expect(svd(error).values[0]).toBeCloseTo(decomposed.values[k], 8);
  }
});

test("ridge shrinks; below full rank the shortest solution; normal equations lose κ², the SVD κ", () => {
  const a = randomMatrix(rng(1), 3, 5);
  expect(norm([apply(a, ridge(a, [1, 2, 3], 0))])).toBeCloseTo(Math.sqrt(14), 12);
  expect(norm([ridge(a, [1, 2, 3], 1)])).toBeLessThan(norm([ridge(a, [1, 2, 3], 0)]));
  expect(conditionNumber([[4, 0], [0, 0.5]])).toBeCloseTo(8, 13); // prettier-ignore
  for (const degree of [4, 8, 10]) {
    const {kappa, normal, orthogonal} = solverErrors(degree);
    expect(orthogonal).toBeLessThan(2e-16 * 50 * kappa);
    expect(normal).toBeGreaterThan(1e-18 * kappa ** 2);
  }
  expect(solverErrors(16).normal).toBeNaN();
});

test("patches are read in the order (row, column, channel)", () => {
  const images = Uint8Array.from({length: 2 * 3 * 4 * 3}, (_, i) => i);
  const rows = patches({images, height: 3, width: 4, channels: 3, count: 2}, 2, 1);
  expect(rows.length).toBe(2 * 2 * 3 * 12);
  expect(Array.from(rows.slice(12, 24), (x) => Math.round(255 * x))).toEqual([
    3, 4, 5, 6, 7, 8, 15, 16, 17, 18, 19, 20
  ]);
});

test("of CIFAR-10 only the first file of test images is asked for", async () => {
  const shard = (name: string) => ({name, count: 5, bytes: 1, digest: ""});
  const manifest = {
    splits: {train: {count: 10, shards: [shard("a")]}, test: {count: 10, shards: [shard("b"), shard("c")]}}
  };
  const open = async () => new TextEncoder().encode(JSON.stringify(manifest)).buffer as ArrayBuffer;
  const read = await firstShard({progress() {}, open}).open("cifar10/manifest.json");
  const {splits} = JSON.parse(new TextDecoder().decode(read)) as Manifest;
  expect(splits).toEqual({train: {count: 0, shards: []}, test: {count: 5, shards: [shard("b")]}});
});

test("a JVP costs about 3 and a VJP about 5 times the function, whatever its shape; a full Jacobian n or m of them", () => {
  for (const [n, m] of [
    [64, 1],
    [1, 64],
    [16, 16]
  ]) {
    // prettier-ignore
    const {value, forward, reverse, byColumns, byRows} = costs(n, m);
    expect(forward / value).toBeLessThan(4);
    expect(reverse / value).toBeLessThan(6);
    expect([byColumns, byRows]).toEqual([n * forward, m * reverse]);
  }
  expect(hessianVectorFactor(64)).toBeLessThan(16);
});

test("the tape's table: tangent and adjoint meet, ẏ = x̄ ẋ", () => {
  const rows = tapeRows(0.5, 1, [1, 0]);
  expect(rows.map(({operation}) => operation)).toEqual(["input", "input", "x × y", "tanh n3", "n4 + x"]);
  expect(rows.at(-1)!.tangent).toBeCloseTo(rows[0].adjoint, 14);
});
