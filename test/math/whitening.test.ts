import {expect, test} from "vitest";
import {add, identity, multiply, norm, transpose} from "../../src/components/math/matrix.js";
import {rng} from "../../src/components/math/random.js";
import {moments, whitening} from "../../src/components/math/whitening.js";

test("moments of (0, 0), (2, 4): mean (1, 2), covariance [[1, 2], [2, 4]]", () => {
  expect(moments(Float64Array.of(0, 0, 2, 4), 2)).toEqual({mean: [1, 2], covariance: [[1, 2], [2, 4]]}); // prettier-ignore
  expect(() => moments(Float64Array.of(1, 2, 3), 2)).toThrow(
    "moments: expected whole rows of 2 numbers, got 3 numbers"
  );
});

test("whitened data have covariance I, and mean W times theirs", () => {
  const drawn = rng(1).normal(4000);
  const rows = Float64Array.from(drawn, (x, i) => 3 + x + 0.8 * drawn[i - (i % 4)]);
  const {covariance} = moments(rows, 4);
  const {filters, spectrum} = whitening(covariance);
  const white = Float64Array.from(rows, (_, n) =>
    filters[n % 4].reduce((sum, w, j) => sum + w * rows[n - (n % 4) + j], 0)
  );
  expect(norm(add(moments(white, 4).covariance, identity(4), -1))).toBeLessThan(1e-12);
  expect(spectrum.values).toEqual([...spectrum.values].sort((a, b) => b - a));
});

test("with ε the variances become λ / (λ + ε); without it a direction of no variance is refused", () => {
  const flat = [[4, 0], [0, 0]]; // prettier-ignore
  const {filters} = whitening(flat, 1);
  const after = multiply(multiply(filters, flat), transpose(filters));
  expect(after[0][0]).toBeCloseTo(4 / 5, 14);
  expect(after[1][1]).toBe(0);
  expect(() => whitening(flat)).toThrow("whitening: expected variances with λ + ε > 0, got 0 in direction 1");
});
