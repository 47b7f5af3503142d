import {quantile, type Distribution} from "../../components/math/distribution.js";
import {
  cauchy,
  exponential,
  laplace,
  logistic,
  logNormal,
  normal,
  uniform
} from "../../components/math/distributions/continuous.js";
import {
  binomial,
  discreteUniform,
  geometric,
  negativeBinomial,
  poisson
} from "../../components/math/distributions/discrete.js";
import {beta, chiSquare, gamma, studentT} from "../../components/math/distributions/gammaFamily.js";

/** A parameter that the reader sets. */
export interface Parameter {
  label: string;
  range: [number, number];
  value: number;
  step: number;
}

/** A family of distributions with what it is met for. */
export interface Family {
  name: string;
  parameters: Parameter[];
  make(values: number[]): Distribution;
  says: string;
}

const parameter = (label: string, low: number, high: number, value: number, step: number): Parameter => ({
  label,
  range: [low, high],
  value,
  step
});
const location = parameter("location μ", -3, 3, 0, 0.1);
const chance = parameter("probability p", 0.02, 0.98, 0.3, 0.01);
const rate = parameter("rate λ", 0.2, 4, 1, 0.05);

export const families: Family[] = [
  {
    name: "normal",
    parameters: [location, parameter("deviation σ", 0.2, 3, 1, 0.05)],
    make: ([mu, sigma]) => normal(mu, sigma),
    says: "Sums of many small independent terms; of all densities with a given variance it has the greatest entropy."
  },
  {
    name: "uniform",
    parameters: [parameter("from a", -3, 0, -1, 0.1), parameter("to b", 0.2, 3, 2, 0.1)],
    make: ([a, b]) => uniform(a, b),
    says: "Equal density between two ends, and the source of all other draws: F⁻¹ of a uniform number has distribution function F."
  },
  {
    name: "exponential",
    parameters: [rate],
    make: ([lambda]) => exponential(lambda),
    says: "The wait for an event that has no memory: P(X > s + t | X > s) = P(X > t)."
  },
  {
    name: "gamma",
    parameters: [parameter("shape a", 0.3, 9, 2.5, 0.1), rate],
    make: ([a, lambda]) => gamma(a, lambda),
    says: "For a whole shape, the wait for the a-th event; the conjugate prior of a Poisson rate and of a normal precision."
  },
  {
    name: "chi-square",
    parameters: [parameter("degrees k", 1, 20, 4, 1)],
    make: ([k]) => chiSquare(k),
    says: "The sum of k squares of standard normals; n σ̂²/σ² of normal data has k = n − 1."
  },
  {
    name: "beta",
    parameters: [parameter("a", 0.3, 10, 2, 0.1), parameter("b", 0.3, 10, 5, 0.1)],
    make: ([a, b]) => beta(a, b),
    says: "Beliefs about a probability: after a − 1 heads and b − 1 tails, starting from a uniform prior."
  },
  {
    name: "Student's t",
    parameters: [parameter("degrees ν", 1, 30, 3, 1)],
    make: ([nu]) => studentT(nu),
    says: "A normal divided by an estimated deviation: heavier tails, a normal again as ν grows, Cauchy at ν = 1."
  },
  {
    name: "Laplace",
    parameters: [location, parameter("scale b", 0.2, 3, 1, 0.05)],
    make: ([mu, b]) => laplace(mu, b),
    says: "Its negative log-likelihood is the absolute error, so its maximum-likelihood location is the median."
  },
  {
    name: "logistic",
    parameters: [location, parameter("scale s", 0.2, 2, 0.6, 0.05)],
    make: ([mu, s]) => logistic(mu, s),
    says: "Its distribution function is the sigmoid."
  },
  {
    name: "Cauchy",
    parameters: [location, parameter("scale", 0.2, 2, 0.7, 0.05)],
    make: ([m, s]) => cauchy(m, s),
    says: "No mean and no variance: the average of a thousand draws is as spread out as one draw."
  },
  {
    name: "log-normal",
    parameters: [parameter("μ of ln X", -1, 1, 0, 0.05), parameter("σ of ln X", 0.1, 1.2, 0.5, 0.05)],
    make: ([mu, sigma]) => logNormal(mu, sigma),
    says: "Products of many factors: ln X is normal. The mean lies above the median."
  },
  {
    name: "binomial",
    parameters: [parameter("trials n", 1, 60, 12, 1), chance],
    make: ([n, p]) => binomial(n, p),
    says: "Successes in n independent trials; with n = 1 it is Bernoulli's."
  },
  {
    name: "geometric",
    parameters: [chance],
    make: ([p]) => geometric(p),
    says: "The number of the trial that first succeeds; the exponential's discrete relative, without memory too."
  },
  {
    name: "Poisson",
    parameters: [parameter("mean λ", 0.2, 40, 4, 0.1)],
    make: ([lambda]) => poisson(lambda),
    says: "Counts of rare independent events: the limit of binomial(n, λ/n). Mean and variance are equal."
  },
  {
    name: "negative binomial",
    parameters: [parameter("successes r", 0.5, 12, 3, 0.5), chance],
    make: ([r, p]) => negativeBinomial(r, p),
    says: "Failures before the r-th success; a Poisson whose rate is Gamma distributed, so more spread out than Poisson."
  },
  {
    name: "discrete uniform",
    parameters: [parameter("highest face", 2, 20, 6, 1)],
    make: ([high]) => discreteUniform(1, high),
    says: "A fair die."
  }
];

/** An interval that shows nearly all of a distribution: its central 99.6 %, of a Cauchy less. */
export function viewOf(d: Distribution): [number, number] {
  const tail = Number.isNaN(d.variance) ? 0.02 : 0.002;
  const [low, high] = [quantile(d, tail), quantile(d, 1 - tail)];
  const margin = d.discrete ? 0.7 : 0.06 * (high - low);
  return [low - margin, high + margin];
}
