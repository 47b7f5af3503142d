import type {Equation} from "../components/math/equation.js";
import {numericGradient} from "../components/math/finiteDifference.js";
import {dot, identity} from "../components/math/matrix.js";
import type {Rng} from "../components/math/random.js";
import {randomVector} from "../components/math/randomMatrix.js";
import {softmax} from "../components/math/softmax.js";
import {apart, between, broken, numbered} from "../components/math/numbered.js";
import * as f from "./sslLosses/formulas.js";
import {around} from "./sslLosses/sphereEquations.js";

const rows = (rng: Rng, views: number, size: number) => Array.from({length: views}, () => randomVector(rng, size));
const cosines = (rng: Rng, count: number) => Array.from({length: count}, () => between(rng, -0.9, 0.9));

const gradient = numbered(
  "nce-gradient",
  "the gradient of InfoNCE by six similarities, against central differences",
  "not divided by τ",
  (rng, mutated) => {
    const [s, tau] = [cosines(rng, 6), between(rng, 0.1, 0.6)];
    const byHand = f.infoNceGradient(s, tau).map((g) => (mutated ? g * tau : g));
    return apart(
      byHand,
      numericGradient((x) => f.infoNce(x, tau), s),
      1e-7
    );
  }
);

const hardness = numbered(
  "hardness",
  "the push on one negative over that on another, from the gradient",
  "without τ",
  (rng, mutated) => {
    const [s, tau] = [cosines(rng, 5), between(rng, 0.1, 0.6)];
    const g = f.infoNceGradient(s, tau);
    return {got: Math.log(g[1] / g[2]), expected: (s[1] - s[2]) / (mutated ? 1 : tau), within: 1e-10};
  }
);

const balance = numbered(
  "balance",
  "the pull on the positive against the sum of the pushes on the negatives",
  "the push of the hardest alone",
  (rng, mutated) => {
    const [positive, ...others] = f.infoNceGradient(cosines(rng, 7), between(rng, 0.2, 0.6));
    const expected = mutated ? Math.max(...others) : others.reduce((a, b) => a + b);
    return {got: -positive, expected, within: 1e-12};
  }
);

const same = numbered(
  "nt-xent-as-nce",
  "NT-Xent of four pairs from the equation's loops, against InfoNCE of each view with its six negatives",
  "the view itself among its negatives",
  (rng, mutated) => {
    const [z, tau] = [rows(rng, 8, 3), between(rng, 0.2, 0.6)];
    const u = z.map(f.unit);
    const losses = u.map((ui, i) => {
      const s = u.map((uk) => dot(ui, uk) / tau);
      const below = s.reduce((sum, x, k) => sum + (k === i && !mutated ? 0 : Math.exp(x)), 0);
      return Math.log(below) - s[f.partner(i, 8)];
    });
    return {got: f.ntXent(z, tau), expected: losses.reduce((a, b) => a + b) / 8, within: 1e-12};
  }
);

const full = numbered(
  "nt-xent-gradient",
  "the gradient of NT-Xent by all numbers of three pairs of projections, against central differences",
  "each view as anchor only",
  (rng, mutated) => {
    const [z, tau] = [rows(rng, 6, 3), between(rng, 0.3, 0.7)];
    const loss = (x: number[]) =>
      f.ntXent(
        Array.from({length: 6}, (_, i) => x.slice(3 * i, 3 * i + 3)),
        tau
      );
    const byHand = f.ntXentGradient(z, tau).flat();
    return apart(mutated ? byHand.map((g) => g / 2) : byHand, numericGradient(loss, z.flat()), 1e-7);
  }
);

const tangent = numbered(
  "tangent",
  "the loss at projections of other lengths, and the gradient along each projection",
  "the gradient along its partner",
  (rng, mutated) => {
    const [z, tau, c] = [rows(rng, 6, 3), 0.5, between(rng, 0.3, 4)];
    const g = f.ntXentGradient(z, tau);
    const along = g.map((gi, i) => dot(gi, z[mutated ? f.partner(i, 6) : i]));
    const longer = z.map((zi, i) => zi.map((x) => (i % 2 ? c : 1) * x));
    return apart([f.ntXent(longer, tau) - f.ntXent(z, tau), ...along], Array<number>(7).fill(0), 1e-12); // prettier-ignore
  }
);

const collapsed = numbered("collapsed", "NT-Xent of N equal pairs, for a random τ", "ln 2N", (rng, mutated) => {
  const [pairs, tau] = [2 + rng.integers(1, 8)[0], between(rng, 0.05, 1)];
  const one = randomVector(rng, 4);
  const got = f.ntXent(Array.from({length: 2 * pairs}, () => one), tau); // prettier-ignore
  return {got, expected: mutated ? Math.log(2 * pairs) : f.states.collapsed(pairs), within: 1e-11};
});

const orthogonal = numbered(
  "orthogonal",
  "NT-Xent of N pairs at right angles whose partners coincide",
  "2N − 1 negatives",
  (rng, mutated) => {
    const [pairs, tau] = [2 + rng.integers(1, 8)[0], between(rng, 0.2, 1)];
    const axes = identity(pairs);
    const expected = Math.log1p((2 * pairs - (mutated ? 1 : 2)) * Math.exp(-1 / tau));
    return {got: f.ntXent([...axes, ...axes], tau), expected, within: 1e-11};
  }
);

const floor = numbered(
  "floor",
  "NT-Xent at a simplex, against the formula, and against 30 random sets of pairs that coincide",
  "at right angles",
  (rng, mutated) => {
    const [pairs, tau] = [3 + rng.integers(1, 4)[0], between(rng, 0.2, 0.8)];
    const least = mutated ? f.states.orthogonal(pairs, tau) : f.states.simplex(pairs, tau);
    const others = Array.from({length: 30}, () => {
      const half = rows(rng, pairs, pairs);
      return f.ntXent([...half, ...half], tau);
    });
    const at = f.ntXent(f.simplex(pairs), tau);
    return broken([...others.map((loss): [number, number] => [loss, least]), [at, least], [least, at]], 1e-11);
  }
);

const distances = numbered(
  "distances",
  "InfoNCE of unit vectors from their squared distances",
  "over τ in place of 2τ",
  (rng, mutated) => {
    const [u, tau] = [rows(rng, 6, 3).map(f.unit), between(rng, 0.2, 0.8)];
    const squared = (k: number) => u[0].reduce((sum, x, d) => sum + (x - u[k][d]) ** 2, 0);
    const t = (mutated ? 1 : 2) * tau;
    const below = [1, 2, 3, 4, 5].reduce((sum, k) => sum + Math.exp(-squared(k) / t), 0);
    const got = squared(1) / t + Math.log(below);
    return {got, expected: f.infoNce([1, 2, 3, 4, 5].map((k) => dot(u[0], u[k])), tau), within: 1e-12}; // prettier-ignore
  }
);

const cold = numbered(
  "cold",
  "τ times InfoNCE at τ = 1/2000, against the hinge of the hardest negative",
  "the mean of the negatives",
  (rng, mutated) => {
    const others = cosines(rng, 5);
    const s = [-0.95, ...others]; // the partner is behind all strangers: the hinge is not at rest
    const rival = mutated ? others.reduce((a, b) => a + b) / 5 : Math.max(...others);
    return {got: f.infoNce(s, 5e-4) * 5e-4, expected: Math.max(0, rival - s[0]), within: 1e-3};
  }
);

const perfect = numbered(
  "posterior",
  "the softmax of ln of density ratios over five candidates, against Bayes' rule",
  "the densities p(x | c) without the division",
  (rng, mutated) => {
    const [joint, alone] = [0, 1].map(() => Array.from({length: 5}, () => between(rng, 0.1, 1)));
    const product = (i: number) => alone.reduce((all, p, k) => all * (k === i ? joint[k] : p), 1);
    const total = [0, 1, 2, 3, 4].reduce((sum, i) => sum + product(i), 0);
    const scores = joint.map((p, k) => Math.log(p / (mutated ? 1 : alone[k])));
    return apart(softmax(scores), [0, 1, 2, 3, 4].map((i) => product(i) / total), 1e-12); // prettier-ignore
  }
);

/** The numbered equations of the page. */
export const equations: Equation[] = [
  ...[perfect, gradient, balance, hardness, cold, same, full, tangent],
  ...[distances, collapsed, orthogonal, floor],
  ...around
];
