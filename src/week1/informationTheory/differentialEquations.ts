import {density, type Distribution} from "../../components/math/distribution.js";
import {laplace, logistic, normal, uniform} from "../../components/math/distributions/continuous.js";
import {gamma} from "../../components/math/distributions/gammaFamily.js";
import type {Equation} from "../../components/math/equation.js";
import {logNormalDensity} from "../../components/math/gaussian.js";
import {integrate} from "../../components/math/quadrature.js";
import {between, numbered} from "../../components/math/numbered.js";
import {covarianceOf} from "../probabilityKl/covarianceOf.js";
import {differentialEntropy} from "./differential.js";

const gaussianEntropy = numbered(
  "h-gaussian",
  "−∫ f ln f of a normal, by quadrature",
  "2π without e",
  (rng, mutated) => {
    const sigma = between(rng, 0.3, 3);
    const expected = 0.5 * Math.log(2 * Math.PI * (mutated ? 1 : Math.E) * sigma ** 2);
    return {got: differentialEntropy(normal(between(rng, -1, 1), sigma)), expected, within: 1e-10};
  }
);

const scaling = numbered(
  "h-scale",
  "the entropy of a Gamma variable and of a multiple of it, by quadrature",
  "ln a subtracted",
  (rng, mutated) => {
    const [shape, a] = [between(rng, 2, 5), between(rng, 1.5, 4)];
    const expected = differentialEntropy(gamma(shape, 1)) + (mutated ? -1 : 1) * Math.log(a);
    return {got: differentialEntropy(gamma(shape, 1 / a)), expected, within: 1e-9};
  }
);

const quantised = numbered(
  "quantised",
  "the entropy of a normal rounded to multiples of Δ",
  "ln Δ added",
  (rng, mutated) => {
    const delta = between(rng, 0.1, 0.4);
    const d = normal(between(rng, -1, 1), 1);
    let got = 0;
    for (let k = Math.floor(-10 / delta); k <= 10 / delta; ++k) {
      const p = d.cdf((k + 0.5) * delta) - d.cdf((k - 0.5) * delta);
      if (p > 0) got -= p * Math.log(p);
    }
    return {got, expected: differentialEntropy(d) + (mutated ? 1 : -1) * Math.log(delta), within: 0.06 * delta ** 2};
  }
);

const maximum = numbered(
  "max-entropy",
  "½ ln 2πeσ² less the entropy of a Laplace, a logistic and a uniform variable, against KL from the normal",
  "KL of the normal from the density",
  (rng, mutated) => {
    const scale = between(rng, 0.5, 2);
    const worst = [laplace(0, scale), logistic(0, scale), uniform(-scale, scale)].map((d) => {
      const g = normal(0, Math.sqrt(d.variance));
      const gap = 0.5 * Math.log(2 * Math.PI * Math.E * d.variance) - differentialEntropy(d);
      const [p, q] = mutated && d.support[0] === -Infinity ? [g, d] : [d, g];
      return Math.abs(gap - divergence(p, q));
    });
    return {got: Math.max(...worst), expected: 0, within: 1e-8};
  }
);

/** ∫ p ln(p/q), with the integral cut at 0 where Laplace's density has its kink. */
function divergence(p: Distribution, q: Distribution): number {
  const reach = 40 * Math.sqrt(p.variance);
  const [low, high] = [Math.max(-reach, p.support[0]), Math.min(reach, p.support[1])];
  const f = (x: number) => density(p, x) * (p.logDensity(x) - q.logDensity(x));
  return integrate(f, low, 0, 1e-10) + integrate(f, 0, high, 1e-10);
}

const gaussianMutual = numbered(
  "mi-gaussian",
  "∫∫ p ln(p / (p p)) of two correlated normals on a fine grid",
  "1 − ρ for 1 − ρ²",
  (rng, mutated) => {
    const rho = between(rng, 0.3, 0.85);
    const joint = {mean: [0, 0], covariance: covarianceOf(1, 1, rho)};
    const one = normal(0, 1);
    let got = 0;
    const h = 0.2; // the trapezoid rule errs by e^(−2π² (1 − ρ²)/h²)
    for (let x = -7; x <= 7; x += h)
      for (let y = -7; y <= 7; y += h) {
        const log = logNormalDensity([x, y], joint);
        if (log > -50) got += h * h * Math.exp(log) * (log - one.logDensity(x) - one.logDensity(y));
      }
    return {got, expected: -0.5 * Math.log(1 - (mutated ? rho : rho ** 2)), within: 1e-7};
  }
);

export const differential: Equation[] = [gaussianEntropy, scaling, quantised, maximum, gaussianMutual];
