import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {posterior} from "./probabilityKl/bayes.js";
import {klGaussian, klNormal} from "../components/math/gaussian.js";
import {covarianceOf} from "./probabilityKl/covarianceOf.js";
import {entropy} from "./probabilityKl/tables.js";

/** KL of two exponentials, ln(λ₁/λ₂) + λ₂/λ₁ − 1. */
export const klExponential = (first: number, second: number): number => Math.log(first / second) + second / first - 1;

/** KL of two Poisson distributions, λ₁ ln(λ₁/λ₂) − λ₁ + λ₂. */
export const klPoisson = (first: number, second: number): number => first * Math.log(first / second) - first + second;

/** The most probable mean under a Laplace prior around 0: x̄ moved towards 0 by σ²/(n b), and 0 where it would pass. */
export const softThreshold = (mean: number, threshold: number): number =>
  Math.sign(mean) * Math.max(0, Math.abs(mean) - threshold);

const [yes] = posterior([0.01, 0.99], [0.99 ** 2, 0.05 ** 2]);

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-constant": number("c", 12),
  "ex-two-tests": number("P(ill | + +)", yes),
  "ex-uniform": number("E max", 0.9),
  "ex-exponentials": number("KL (nats)", klExponential(2, 1)),
  "ex-metric": number(
    "the detour is shorter by",
    klNormal([0, 1], [2, 1]) - klNormal([0, 1], [1, 1]) - klNormal([1, 1], [2, 1])
  ),
  "ex-rate": number("posterior mean", (3 + 17) / (1 + 4)),
  "ex-divisor": number("divisor", 6, 0),
  "ex-soft-target": number("least cross-entropy (nats)", entropy([0.7, 0.2, 0.1])),
  "ex-independent": number(
    "KL (nats)",
    klGaussian({mean: [0, 0], covariance: covarianceOf(1, 1, 0.8)}, {mean: [0, 0], covariance: covarianceOf(1, 1, 0)})
  ),
  "ex-finite": number("supremum of σ_q", Math.SQRT2, 1e-3),
  "ex-poisson": number("KL (nats)", klPoisson(3, 5)),
  "ex-laplace": number("μ_MAP", softThreshold(0.8, 0.5)),
  "ex-modes": choice(
    "The fit that minimises KL(q ‖ p) …",
    1,
    "sits between the components with a deviation of about 4.1",
    "sits on one component with a deviation of about 1",
    "has no minimum: the divergence is infinite"
  ),
  "ex-code": {
    kind: "code",
    ask: "KL of two Gaussians with diagonal covariances",
    start:
      "// m1, m2: means; v1, v2: variances; arrays of one length. In nats.\nfunction kl(m1, v1, m2, v2) {\n  return 0;\n}",
    cases: [
      {args: [[0], [1], [1], [1]], expected: 0.5, within: 1e-9},
      {args: [[0], [4], [0], [1]], expected: klNormal([0, 2], [0, 1]), within: 1e-9},
      {
        args: [
          [0, 1],
          [1, 4],
          [1, 1],
          [1, 9]
        ],
        expected: 0.5 + klNormal([1, 2], [1, 3]),
        within: 1e-9
      }
    ]
  }
};
