import type {Equation} from "../../components/math/equation.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {cosines, expectedLosses, foundAmong, information} from "./sphere.js";

const known = numbered(
  "around-information",
  "the information of views around a direction in three dimensions, summed over cosines, against κ coth κ − 1 − ln(sinh κ / κ) with κ = 1/τ",
  "not divided by Z",
  (rng, mutated) => {
    const tau = between(rng, 0.2, 1);
    const kappa = 1 / tau;
    const views = cosines(3, tau);
    const expected = kappa / Math.tanh(kappa) - 1 - Math.log(Math.sinh(kappa) / kappa);
    return {got: information(views) + (mutated ? views.logZ : 0), expected, within: 2e-5};
  }
);

const capped = numbered(
  "capped",
  "ln(K + 1) − E ℓ of the best critic for K = 1, 7, 63 and 511 in up to 40 dimensions, against I and ln(K + 1)",
  "twice as many candidates",
  (rng, mutated) => {
    const views = cosines(3 + rng.integers(1, 38)[0], between(rng, 0.05, 0.5));
    const counts = [1, 7, 63, 511];
    const losses = expectedLosses(views, counts);
    const pairs = counts.flatMap((strangers, k): [number, number][] => {
      const bound = Math.log((mutated ? 2 : 1) * (strangers + 1)) - losses[k];
      return [[information(views), bound], [Math.log(strangers + 1), bound]]; // prettier-ignore
    });
    return broken(pairs, 1e-6);
  }
);

const found = numbered(
  "found",
  "how often the partner is nearer than two strangers in three dimensions, against the moments of its cosine",
  "a third stranger",
  (rng, mutated) => {
    const tau = between(rng, 0.2, 1);
    const mean = 1 / Math.tanh(1 / tau) - tau; // E s₀; E s₀² is 1 − 2 τ E s₀, and F(s) = (1 + s)/2
    const expected = (2 + 2 * mean - 2 * tau * mean) / 4;
    return {got: foundAmong(cosines(3, tau), mutated ? 3 : 2), expected, within: 2e-5};
  }
);

/** The equations of views around a direction. */
export const around: Equation[] = [known, capped, found];
