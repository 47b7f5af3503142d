import {expect, test} from "vitest";
import {eigen} from "../../src/components/math/eigen.js";
import {add, identity, multiply, norm, transpose} from "../../src/components/math/matrix.js";
import {rng} from "../../src/components/math/random.js";
import * as draw from "../../src/components/math/randomMatrix.js";
import {svd} from "../../src/components/math/svd.js";

test("random orthonormal columns are orthonormal, and of either orientation", () => {
  for (const [m, n] of [
    [2, 2],
    [5, 5],
    [6, 2]
  ]) {
    // prettier-ignore
    const q = draw.randomOrthonormal(rng(m + n), m, n);
    expect(norm(add(multiply(transpose(q), q), identity(n), -1))).toBeLessThan(1e-13);
  }
  const turns = Array.from({length: 40}, (_, seed) => {
    const [[a, b], [c, d]] = draw.randomOrthonormal(rng(seed), 2);
    return Math.round(a * d - b * c);
  });
  expect(new Set(turns)).toEqual(new Set([1, -1]));
});

test("singular values and eigenvalues are those asked for", () => {
  const values = svd(draw.withSingularValues(rng(1), 7, 4, [5, 2, 0.1])).values;
  [5, 2, 0.1, 0].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 13));
  const a = draw.withEigenvalues(rng(2), [3, 1, -2]);
  expect(a).toEqual(transpose(a));
  [3, 1, -2].forEach((value, i) => expect(eigen(a).values[i]).toBeCloseTo(value, 13));
});

test("a random symmetric matrix equals its transpose", () => {
  const a = draw.randomSymmetric(rng(3), 6);
  expect(a).toEqual(transpose(a));
});
