import {expect, test} from "vitest";
import {numericJacobian} from "../../src/components/math/finiteDifference.js";
import {identity, norm, scale} from "../../src/components/math/matrix.js";
import {
  branches,
  branchJacobians,
  chain,
  chainJacobian,
  distance,
  gradientNorms,
  pathTerms,
  point
} from "../../src/week2/residualChain.js";

const list = branches(3, 6, 8, 0.7);
const x = point(4, 8);

for (const residual of [true, false])
  test(`the Jacobian of a ${residual ? "residual" : "plain"} chain is the product of its blocks'`, () => {
    const product = chainJacobian(branchJacobians(list, x, residual), residual);
    expect(
      distance(
        product,
        numericJacobian((v) => chain(list, v, residual), x)
      )
    ).toBeLessThan(1e-8);
  });

test("the terms of the expanded product add up to it, and the last one is the plain product", () => {
  const jacobians = branchJacobians(list, x);
  const terms = pathTerms(jacobians);
  const sum = terms.reduce((a, b) => a.map((row, i) => row.map((value, j) => value + b[i][j])));
  expect(distance(sum, chainJacobian(jacobians))).toBeLessThan(1e-14);
  expect(distance(terms[6], chainJacobian(jacobians, false))).toBeLessThan(1e-14);
});

test("commuting blocks c I give binomial terms", () => {
  const scaled = Array.from({length: 5}, () => scale(identity(2), 0.3));
  pathTerms(scaled).forEach((term, k) => {
    expect(norm(term)).toBeCloseTo([1, 5, 10, 10, 5, 1][k] * 0.3 ** k * Math.SQRT2, 12);
  });
});

test("squared gradient norms follow (1 + s²)^L and s^{2L}", () => {
  const {residual, plain} = gradientNorms(0.4, 8, {n: 16, draws: 1000});
  for (let l = 1; l <= 8; ++l) {
    expect(Math.abs(residual[l] / 1.16 ** l - 1)).toBeLessThan(0.05);
    expect(Math.abs(plain[l] / 0.4 ** (2 * l) - 1)).toBeLessThan(0.1);
  }
});
