import {density} from "../../components/math/distribution.js";
import {binomial} from "../../components/math/distributions/discrete.js";
import {beta} from "../../components/math/distributions/gammaFamily.js";
import type {Equation} from "../../components/math/equation.js";
import {logBeta} from "../../components/math/logGamma.js";
import {integrate} from "../../components/math/quadrature.js";
import type {Rng} from "../../components/math/random.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {posterior} from "./bayes.js";
import {drawJoint} from "./tables.js";

const bayes = numbered(
  "bayes",
  "rows of a random joint table of 3 × 2, read directly, against the rule",
  "the evidence left out of the denominator",
  (rng, mutated) => {
    const joint = drawJoint(rng, 3, 2);
    const prior = joint.map(([a, b]) => a + b);
    const likelihood = joint.map(([a], i) => a / prior[i]);
    const evidence = joint.reduce((sum, [a]) => sum + a, 0);
    const direct = joint.map(([a]) => a / evidence);
    const byRule = mutated ? prior.map((p, i) => p * likelihood[i]) : posterior(prior, likelihood);
    return apart(byRule, direct, 1e-12);
  }
);

const odds = numbered(
  "odds",
  "the posterior odds of two hypotheses after two independent pieces of evidence, against the product of ratios",
  "one likelihood ratio turned over",
  (rng, mutated) => {
    const prior = between(rng, 0.05, 0.4);
    const [a1, a0, b1, b0] = [
      between(rng, 0.6, 0.9),
      between(rng, 0.1, 0.5),
      between(rng, 0.6, 0.9),
      between(rng, 0.1, 0.5)
    ];
    const [p1, p0] = posterior([prior, 1 - prior], [a1 * b1, a0 * b0]);
    return {got: p1 / p0, expected: (prior / (1 - prior)) * (a1 / a0) * (mutated ? b0 / b1 : b1 / b0), within: 1e-10};
  }
);

/** A Beta prior and counts of heads and tails. */
function coin(rng: Rng) {
  const [a, b] = [between(rng, 0.8, 4), between(rng, 0.8, 4)];
  const heads = 1 + rng.integers(1, 6)[0];
  return {a, b, heads, tails: heads + 1 + rng.integers(1, 6)[0]};
}

const betaPosterior = numbered(
  "beta-posterior",
  "prior × likelihood, divided by its integral, at a point",
  "heads and tails exchanged",
  (rng, mutated) => {
    const {a, b, heads, tails} = coin(rng);
    const product = (t: number) => density(beta(a, b), t) * t ** heads * (1 - t) ** tails;
    const at = between(rng, 0.1, 0.3);
    const [h, t] = mutated ? [tails, heads] : [heads, tails];
    const got = product(at) / integrate(product, 0, 1, 1e-14);
    return {got, expected: density(beta(a + h, b + t), at), within: 1e-8};
  }
);

const evidence = numbered(
  "evidence",
  "the integral of likelihood × prior over the coin's bias",
  "the quotient turned over",
  (rng, mutated) => {
    const {a, b, heads, tails} = coin(rng);
    const got = integrate((t) => density(beta(a, b), t) * t ** heads * (1 - t) ** tails, 0, 1, 1e-15);
    const log = logBeta(a + heads, b + tails) - logBeta(a, b);
    return {got: Math.log(got), expected: mutated ? -log : log, within: 1e-7};
  }
);

const predictive = numbered(
  "predictive",
  "the probability of heads averaged over the posterior",
  "the share of heads alone, without the prior's counts",
  (rng, mutated) => {
    const {a, b, heads, tails} = coin(rng);
    const after = beta(a + heads, b + tails);
    const expected = mutated ? heads / (heads + tails) : (a + heads) / (a + b + heads + tails);
    return {got: integrate((t) => t * density(after, t), 0, 1, 1e-12), expected, within: 1e-9};
  }
);

const twoCoins = numbered(
  "two-coins",
  "the probability that the coin is the biased one, from binomial probabilities",
  "the exponent of the tails' ratio dropped",
  (rng, mutated) => {
    const [prior, q] = [between(rng, 0.2, 0.8), between(rng, 0.6, 0.9)];
    const [n, k] = [10, 2 + rng.integers(1, 5)[0]];
    const got = posterior([prior, 1 - prior], [density(binomial(n, q), k), density(binomial(n, 0.5), k)])[0];
    const ratio = (2 * q) ** k * (2 * (1 - q)) ** (mutated ? 1 : n - k);
    return {got, expected: (prior * ratio) / (prior * ratio + 1 - prior), within: 1e-12};
  }
);

export const bayesRule: Equation[] = [bayes, odds, twoCoins, betaPosterior, evidence, predictive];
