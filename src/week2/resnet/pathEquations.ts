import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {add, apply, dot, identity, multiply, transpose, type Matrix} from "../../components/math/matrix.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import type {Rng} from "../../components/math/random.js";
import {branches, branchJacobians, chain, distance, pathTerms, point} from "../residualChain.js";
import {overSigns} from "./overSigns.js";

const normal = (rng: Rng, count: number) => Array.from(rng.normal(count));

const jacobian = numbered(
  "jacobian",
  "the gradient of u · y by x through one drawn block, against central differences",
  "A in place of its transpose",
  (rng, mutated) => {
    const [seed, u] = [rng.integers(1, 1e6)[0], normal(rng, 5)];
    const list = branches(seed, 1, 5, 0.8);
    const x = point(seed + 1, 5);
    const [A] = branchJacobians(list, x);
    const back = apply(mutated ? A : transpose(A), u).map((value, i) => u[i] + value);
    return apart(
      back,
      numericGradient((v) => dot(u, chain(list, v)), x),
      1e-7
    );
  }
);

/** Every way through the blocks: each gives its I or its A, later ones on the left. */
function everyPath(list: Matrix[]): Matrix[] {
  return list.reduce((paths, A) => [...paths, ...paths.map((path) => multiply(A, path))], [identity(list[0].length)]);
}

const paths = numbered(
  "paths",
  "the product of five drawn blocks, against T₀ + … + T₅ and the 32 paths one by one",
  "earlier blocks on the left",
  (rng, mutated) => {
    const list = Array.from({length: 5}, () => Array.from({length: 4}, () => normal(rng, 4)));
    const one = identity(4);
    const product = list.reduce((sofar, A) => multiply(add(one, A), sofar), one);
    const total = (matrices: Matrix[]) => matrices.reduce((sum, matrix) => add(sum, matrix));
    const terms = pathTerms(mutated ? list.toReversed() : list);
    const gaps = [distance(total(terms), product), distance(total(everyPath(list)), product)];
    return apart(gaps, [0, 0], 1e-10);
  }
);

/** Aᵀu for a 2 × 2 matrix of the four signs from `start`, times s / √2: mean 0 and variance s² / n. */
const signed = (signs: number[], start: number, s: number, u: number[]) =>
  [0, 1].map((j) => (s / Math.SQRT2) * (signs[start + j] * u[0] + signs[start + 2 + j] * u[1]));

const oneBlock = numbered(
  "one-block",
  "the expectation over all 16 matrices of entries ± s / √2, against the formula",
  "1 + s instead of 1 + s²",
  (rng, mutated) => {
    const [s, u] = [between(rng, 0.2, 0.8), normal(rng, 2)];
    const expected = (1 + (mutated ? s : s ** 2)) * dot(u, u);
    const got = overSigns(4, (signs) => signed(signs, 0, s, u).reduce((sum, value, i) => sum + (u[i] + value) ** 2, 0));
    return {got, expected, within: 1e-10};
  }
);

const norms = numbered(
  "norms",
  "both expectations over all 4,096 choices of three such matrices, against the formulas",
  "one block fewer",
  (rng, mutated) => {
    const [s, start] = [between(rng, 0.3, 0.8), normal(rng, 2)];
    const through = (signs: number[], residual: number) => {
      let u = start;
      for (const block of [8, 4, 0]) {
        const back = signed(signs, block, s, u);
        u = back.map((value, i) => residual * u[i] + value);
      }
      return dot(u, u);
    };
    const got = [1, 0].map((residual) => overSigns(12, (signs) => through(signs, residual)));
    const L = mutated ? 2 : 3;
    return apart(
      got,
      [(1 + s ** 2) ** L, s ** (2 * L)].map((factor) => factor * dot(start, start)),
      1e-10
    );
  }
);

/** Of the gradient's ways through the blocks, in the order of the page. */
export const pathEquations: Equation[] = [jacobian, paths, oneBlock, norms];
