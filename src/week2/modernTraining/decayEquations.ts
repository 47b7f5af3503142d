import type {Equation} from "../../components/math/equation.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {adamStep, decayed} from "./decay.js";
import {cosine} from "./schedules.js";

const ofSgd = numbered(
  "sgd-decay",
  "a step of SGD on the loss with ½λ‖θ‖² added, against the shrunk θ less the step on the loss alone",
  "shrunk by λ instead of ηλ",
  (rng, mutated) => {
    const [theta, g] = [Array.from(rng.normal(4)), Array.from(rng.normal(4))];
    const [eta, lambda] = [between(rng, 0.05, 0.2), between(rng, 0.1, 0.5)];
    const coupled = theta.map((x, i) => x - eta * (g[i] + lambda * x));
    const shrink = mutated ? lambda : eta * lambda;
    return apart(coupled, theta.map((x, i) => (1 - shrink) * x - eta * g[i]), 1e-12); // prettier-ignore
  }
);

const sign = numbered(
  "l2-sign",
  "the first step of Adam with λθ in its gradient and nothing else, against η sign θ",
  "ηλθ, what a decay should take",
  (rng, mutated) => {
    const [theta, eta, lambda] = [between(rng, 0.5, 2), between(rng, 0.01, 0.1), between(rng, 0.01, 0.1)];
    const {theta: after} = adamStep({theta, m: 0, v: 0, t: 0}, 0, {eta, lambda}, false);
    return {got: theta - after, expected: mutated ? eta * lambda * theta : eta, within: 1e-6};
  }
);

const divided = numbered(
  "l2-rate",
  "−ln θ after 4,000 steps of Adam with L2 on gradients ±s, against Tηλ/s",
  "Tηλ, as AdamW has it",
  (rng, mutated) => {
    const [size, steps] = [between(rng, 5, 10), 4000];
    const rates = {eta: 2e-4, lambda: between(rng, 0.3, 0.5)};
    const theory = steps * rates.eta * rates.lambda;
    const got = -Math.log(decayed(size, steps, rates, false));
    return {got, expected: mutated ? theory : theory / size, within: (0.05 * theory) / size};
  }
);

const shrunk = numbered(
  "shrink",
  "the product of all 1 − η(t) λ under a cosine, against exp(−½ T η λ)",
  "exp(−T η λ), as at a constant rate",
  (rng, mutated) => {
    const [steps, eta, lambda] = [5000, between(rng, 5e-4, 2e-3), between(rng, 0.1, 0.5)];
    let product = 1;
    for (let t = 0; t < steps; ++t) product *= 1 - eta * cosine(t / steps) * lambda;
    return {got: Math.log(product), expected: -(mutated ? 1 : 0.5) * steps * eta * lambda, within: 2e-3};
  }
);

/** In the order of the page. */
export const decayEquations: Equation[] = [ofSgd, sign, divided, shrunk];
