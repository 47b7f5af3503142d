import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {dot} from "../../components/math/matrix.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import type {Rng} from "../../components/math/random.js";
import {ascent, exponentials, length, samParts} from "./sharp.js";

const normOf = (x: number[], p: number) =>
  p === Infinity ? Math.max(...x.map(Math.abs)) : x.reduce((sum, y) => sum + Math.abs(y) ** p, 0) ** (1 / p);

const dual = numbered(
  "dual",
  "500 drawn ε with ‖ε‖_p = ρ for p = 1.5, 2, 4 and ∞: none has a larger ε·g than ε̂, whose own is ρ‖g‖_q",
  "ε̂ along the gradient for every p",
  (rng, mutated) => {
    const [g, rho] = [[2, -1, 0.3, 0.1].map((x) => x * between(rng, 0.8, 1.2)), between(rng, 0.05, 0.5)];
    const pairs = [1.5, 2, 4, Infinity].flatMap((p): [number, number][] => {
      const q = p === Infinity ? 1 : p / (p - 1);
      const best = mutated ? ascent(g, rho).map((x, _, all) => (x * rho) / normOf(all, p)) : ascent(g, rho, p);
      const reached = dot(best, g);
      const others = Array.from({length: 500}, () => Array.from(rng.normal(4)));
      return [
        [reached, rho * normOf(g, q)],
        [rho * (1 + 1e-12), normOf(best, p)],
        ...others.map((e): [number, number] => [reached, (rho * dot(e, g)) / normOf(e, p)])
      ];
    });
    return broken(pairs, 1e-9);
  }
);

const drawn = (rng: Rng) => ({
  smooth: exponentials(Array.from({length: 5}, () => Array.from(rng.normal(3, 0, 0.6)))),
  x: Array.from(rng.normal(3, 0, 0.5))
});

const whole = numbered(
  "whole",
  "the gradient of L(θ + ε̂(θ)) by central differences, against SAM's plus the term with the Jacobian of ε̂",
  "SAM's alone",
  (rng, mutated) => {
    const {smooth, x} = drawn(rng);
    const rho = 0.3;
    const worst = (at: number[]) => smooth.value(at.map((y, i) => y + ascent(smooth.gradient(at), rho)[i]));
    const {used, leftOut} = samParts(smooth, x, rho);
    const formula = used.map((y, i) => y + (mutated ? 0 : leftOut[i]));
    return apart(formula, numericGradient(worst, x), 1e-7);
  }
);

const order = numbered(
  "left-out",
  "the term left out, over ρ²/‖g‖ for a small ρ, against H (I − ĝĝᵀ) H ĝ",
  "without the projection",
  (rng, mutated) => {
    const {smooth, x} = drawn(rng);
    const rho = 1e-5;
    const g = smooth.gradient(x);
    const unit = g.map((y) => y / length(g));
    const bent = smooth.times(x, unit);
    const across = bent.map((y, i) => y - (mutated ? 0 : dot(bent, unit) * unit[i]));
    const found = samParts(smooth, x, rho).leftOut.map((y) => (y * length(g)) / rho ** 2);
    return apart(found, smooth.times(x, across), 1e-3);
  }
);

const penalty = numbered(
  "penalty",
  "what SAM adds to the gradient, over ρ for a small ρ, against the gradient of ‖∇L‖ by central differences",
  "of ½‖∇L‖²",
  (rng, mutated) => {
    const {smooth, x} = drawn(rng);
    const rho = 1e-6;
    const added = samParts(smooth, x, rho).used.map((y, i) => (y - smooth.gradient(x)[i]) / rho);
    const size = (at: number[]) => (mutated ? 0.5 * length(smooth.gradient(at)) ** 2 : length(smooth.gradient(at)));
    return apart(added, numericGradient(size, x), 1e-4);
  }
);

const hover = numbered(
  "hover",
  "|x| after 500 steps of SAM on ½λx², against ηλρ/(2 − ηλ); and the sign changes",
  "ηλρ",
  (rng, mutated) => {
    const [bend, rho] = [between(rng, 1, 3), between(rng, 0.05, 0.3)];
    const eta = between(rng, 0.1, 0.4);
    let x = 1;
    for (let t = 0; t < 500; ++t) x -= eta * bend * (x + rho * Math.sign(x));
    const a = eta * bend;
    return {got: Math.abs(x), expected: mutated ? a * rho : (a * rho) / (2 - a), within: 1e-9};
  }
);

const escape = numbered(
  "cost",
  "½λx² at that distance, for two curvatures in the ratio 2 and a small rate, against the ratio 8",
  "the ratio 2 of the curvatures",
  (rng, mutated) => {
    const [bend, rho, eta] = [between(rng, 1, 3), between(rng, 0.05, 0.3), 1e-5];
    const heightOf = (lambda: number) => 0.5 * lambda * ((eta * lambda * rho) / (2 - eta * lambda)) ** 2;
    return {got: heightOf(2 * bend) / heightOf(bend), expected: mutated ? 2 : 8, within: 1e-2};
  }
);

/** In the order of the page. */
export const samEquations: Equation[] = [dual, whole, order, penalty, hover, escape];
