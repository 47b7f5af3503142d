import {expect, test} from "vitest";
import * as m from "../../src/components/math/matrix.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";

const random = (seed: number, rows: number, columns: number): m.Matrix => {
  const x = rng(seed).normal(rows * columns);
  return m.build(rows, columns, (i, j) => x[i * columns + j]);
};
const distance = (a: m.Matrix, b: m.Matrix) => m.norm(m.add(a, b, -1));
const [a, b, c] = [random(1, 4, 4), random(2, 4, 4), random(3, 4, 4)];

test("multiply is the sum over the inner index, associative, and not commutative", () => {
  expect(
    m.multiply(
      [
        [1, 2, 3],
        [4, 5, 6]
      ],
      [
        [1, 0],
        [0, 1],
        [2, 2]
      ]
    )
  ).toEqual([
    [7, 8],
    [16, 17]
  ]);
  expect(distance(m.multiply(m.multiply(a, b), c), m.multiply(a, m.multiply(b, c)))).toBeLessThan(1e-13);
  expect(distance(m.multiply(a, b), m.multiply(b, a))).toBeGreaterThan(1);
});

test("(A B)ᵀ = Bᵀ Aᵀ", () => {
  const [p, q] = [random(4, 2, 3), random(5, 3, 4)];
  expect(m.transpose(m.multiply(p, q))).toEqual(m.multiply(m.transpose(q), m.transpose(p)));
});

test("apply is multiply with a column, and outer and dot are its two ends", () => {
  const x = [1, -2, 0.5, 3];
  expect(m.apply(a, x)).toEqual(
    m
      .multiply(
        a,
        x.map((v) => [v])
      )
      .flat()
  );
  expect(m.trace(m.outer(x, x))).toBeCloseTo(m.dot(x, x), 12);
  expect(m.outer([1, 2], [3, 4, 5])).toEqual([
    [3, 4, 5],
    [6, 8, 10]
  ]);
});

test("solve inverts multiply, and inverse is a two-sided inverse", () => {
  const x = random(6, 4, 2);
  expect(distance(m.solve(a, m.multiply(a, x)), x)).toBeLessThan(1e-12);
  expect(distance(m.multiply(a, m.inverse(a)), m.identity(4))).toBeLessThan(1e-12);
  expect(distance(m.multiply(m.inverse(a), a), m.identity(4))).toBeLessThan(1e-12);
});

test("pivoting survives a zero and a tiny pivot", () => {
  expect(
    m.solve(
      [
        [0, 1],
        [1, 0]
      ],
      [[2], [3]]
    )
  ).toEqual([[3], [2]]);
  const [[x], [y]] = m.solve(
    [
      [1e-20, 1],
      [1, 1]
    ],
    [[1], [2]]
  );
  expect(x).toBeCloseTo(1, 12);
  expect(y).toBeCloseTo(1, 12);
});

test("factor gives P A = L U", () => {
  const {lu, rows} = m.factor(a);
  const lower = m.build(4, 4, (i, j) => (i === j ? 1 : i > j ? lu[i][j] : 0));
  const upper = m.build(4, 4, (i, j) => (i <= j ? lu[i][j] : 0));
  expect(
    distance(
      m.multiply(lower, upper),
      rows.map((row) => a[row])
    )
  ).toBeLessThan(1e-14);
  expect(Math.max(...lower.flat().map(Math.abs))).toBe(1); // what partial pivoting is for
});

test("the determinant is multiplicative, changes sign with a swap of rows, and is 0 for dependent rows", () => {
  expect(
    m.determinant([
      [1, 2],
      [3, 4]
    ])
  ).toBeCloseTo(-2, 14);
  expect(m.determinant(m.multiply(a, b))).toBeCloseTo(m.determinant(a) * m.determinant(b), 10);
  expect(m.determinant([a[1], a[0], a[2], a[3]])).toBeCloseTo(-m.determinant(a), 12);
  expect(
    Math.abs(
      m.determinant([
        [1, 2, 3],
        [2, 4, 6],
        [1, 1, 1]
      ])
    )
  ).toBe(0);
  expect(m.determinant(m.diagonal([2, 3, 4]))).toBe(24);
});

test("∂ log|A| / ∂A = A⁻ᵀ", () => {
  const logDeterminant = (x: number[]) => Math.log(Math.abs(m.determinant(m.build(4, 4, (i, j) => x[4 * i + j]))));
  const expected = m.transpose(m.inverse(a)).flat();
  numericGradient(logDeterminant, a.flat()).forEach((g, i) => expect(g).toBeCloseTo(expected[i], 6));
});

test("norms: Frobenius is √tr AᵀA, 1 is the largest column sum, ∞ the largest row sum", () => {
  const x = [
    [1, -2],
    [3, 4]
  ];
  expect(m.norm(x)).toBeCloseTo(Math.sqrt(m.trace(m.multiply(m.transpose(x), x))), 14);
  expect(m.norm(x, 1)).toBe(6);
  expect(m.norm(x, "infinity")).toBe(7);
});

test("inputs are left as they were", () => {
  const before = structuredClone(a);
  m.inverse(a);
  m.determinant(a);
  m.scale(a, 2);
  expect(a).toEqual(before);
});

test("what does not fit is named", () => {
  expect(() => m.multiply(a, [[1, 2]])).toThrow("multiply: expected a right factor of 4 rows, got 1 × 2");
  expect(() => m.add(a, [[1]])).toThrow("add: expected 4 × 4, got 1 × 1");
  expect(() => m.trace([[1, 2]])).toThrow("trace: expected a square matrix, got 1 × 2");
  expect(() => m.transpose([[1, 2], [3]])).toThrow("transpose: expected rows of 2 numbers, got one of 1");
  expect(() => m.norm([])).toThrow("norm: expected at least one row, got none");
  expect(() => m.dot([1], [1, 2])).toThrow("dot: expected 1 numbers, got 2");
  expect(() =>
    m.inverse([
      [1, 2],
      [2, 4]
    ])
  ).toThrow("solve: expected a regular matrix, got a zero pivot in column 1");
  expect(() => m.solve(a, [[1]])).toThrow("solve: expected a right side of 4 rows, got 1");
});
