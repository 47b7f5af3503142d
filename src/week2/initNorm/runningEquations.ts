import type {Equation} from "../../components/math/equation.js";
import {between, numbered} from "../../components/math/numbered.js";
import {standardise} from "../byHand.js";
import {overSigns} from "../resnet/overSigns.js";
import {batchNoise, meanError} from "./running.js";

/** What training and evaluation by batch normalisation have apart. */
export const runningEquations: Equation[] = [
  numbered(
    "running",
    "E(r − μ)² after eight batches whose means are μ ± s, over all 256 choices of signs, against the formula",
    "m in place of m / (2 − m)",
    (rng, mutated) => {
      const [momentum, s, mu, start] = [between(rng, 0.1, 0.9), between(rng, 0.5, 2), between(rng, -3, 3), between(rng, -3, 3)]; // prettier-ignore
      const got = overSigns(8, (signs) => {
        const last = signs.reduce((r, sign) => (1 - momentum) * r + momentum * (mu + sign * s), start);
        return (last - mu) ** 2;
      });
      const noise = mutated ? s * s * (2 - momentum) : s * s;
      return {got, expected: meanError(8, {momentum, off: start - mu, noise}), within: 1e-10};
    }
  ),
  numbered(
    "mismatch",
    "the mean square between x̂ of a batch of 2, 3 or 4 and (x − μ) / σ, over 24,000 normal numbers, against 2 − 2 E s/σ",
    "1 / N, as if the mean alone were drawn",
    (rng, mutated) => {
      const [batch, mu, sigma] = [2 + rng.integers(1, 3)[0], between(rng, -2, 2), between(rng, 0.5, 2)];
      const batches = 24_000 / batch;
      let sum = 0;
      for (let k = 0; k < batches; ++k) {
        const x = Array.from(rng.normal(batch, mu, sigma));
        standardise(x, 0).unit.forEach((value, i) => (sum += (value - (x[i] - mu) / sigma) ** 2));
      }
      return {got: sum / 24_000, expected: mutated ? 1 / batch : batchNoise(batch), within: 0.04};
    }
  )
];
