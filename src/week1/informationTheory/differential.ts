import {density, type Distribution} from "../../components/math/distribution.js";
import {laplace, logistic, normal, uniform} from "../../components/math/distributions/continuous.js";
import {integrate} from "../../components/math/quadrature.js";

/** −∫ f ln f in nats, by quadrature on both sides of the mean, where a density may have a kink. */
export function differentialEntropy(d: Distribution): number {
  const reach = 40 * Math.sqrt(d.variance);
  const [low, high] = [Math.max(d.mean - reach, d.support[0]), Math.min(d.mean + reach, d.support[1])];
  const f = (x: number) => (density(d, x) === 0 ? 0 : -density(d, x) * d.logDensity(x));
  return integrate(f, low, d.mean, 1e-11) + integrate(f, d.mean, high, 1e-11);
}

/** Densities of mean 0 and variance 1. */
export const unitVariance: {name: string; make: () => Distribution}[] = [
  {name: "normal", make: () => normal(0, 1)},
  {name: "logistic", make: () => logistic(0, Math.sqrt(3) / Math.PI)},
  {name: "uniform", make: () => uniform(-Math.sqrt(3), Math.sqrt(3))},
  {name: "Laplace", make: () => laplace(0, Math.SQRT1_2)}
];
