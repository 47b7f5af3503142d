import {number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {tunedBall, tunedDescent} from "./recurrences.js";
import {drift, shortMemory} from "./reddi.js";

/** Steps until factor^k ≤ 10⁻⁶. */
const steps = (factor: number): number => Math.ceil(Math.log(1e-6) / Math.log(factor));

/** x after each step of Adagrad from 0: s ← s + g², x ← x − η g / (√s + ε). Duchi, Hazan & Singer 2011. */
export function adagrad(gradients: number[], rate: number, epsilon: number): number[] {
  let [s, x] = [0, 0];
  return gradients.map((g) => {
    s += g * g;
    return (x -= (rate * g) / (Math.sqrt(s) + epsilon));
  });
}

/** x after each step of Nadam from 0, with a constant β₁. Dozat 2016, section 3. */
export function nadam(gradients: number[], rate: number, [beta1, beta2, epsilon]: number[]): number[] {
  let [m, v, x] = [0, 0, 0];
  return gradients.map((g, k) => {
    const t = k + 1;
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    const ahead = (beta1 * m) / (1 - beta1 ** (t + 1)) + ((1 - beta1) * g) / (1 - beta1 ** t);
    return (x -= (rate * ahead) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon));
  });
}

/** x after each step of AMSGrad from 0 with β₁ = 0 and no correction: the largest v so far below the root. */
export function amsgrad(gradients: number[], rate: number, beta2: number): number[] {
  let [v, most, x] = [0, 0, 0];
  return gradients.map((g) => {
    v = beta2 * v + (1 - beta2) * g * g;
    most = Math.max(most, v);
    return (x -= (rate * g) / Math.sqrt(most));
  });
}

const turns = [3, -1, -1, 3, -1, -1, 3, -1, -1];
const mixed = [1, -2, 0.5, 0.5, 0, 4];

/** What the page's exercises accept. */
export const answers: Record<string, Verify> = {
  "ex-cycle": number("η", 2 / 25, 1e-6),
  "ex-tune": {
    ...{kind: "code", ask: "Rate and momentum as [η, β]"},
    start: "function tune(mu, L) {\n  // …\n  return [0, 0];\n}",
    cases: [[1, 10], [1, 100], [0.5, 0.5], [2, 32]].map(([mu, L]) => ({args: [mu, L], expected: [tunedBall(mu, L).rate, tunedBall(mu, L).beta]})) // prettier-ignore
  },
  "ex-ratio": number(
    "Steps of gradient descent per step of the heavy ball",
    steps(tunedDescent(1, 1e4).factor) / steps(tunedBall(1, 1e4).factor),
    1
  ),
  "ex-terminal": number("Times as far", 10, 1e-9),
  "ex-rms": number("Length of the first step in units of η", 10, 1e-9),
  "ex-adagrad": {
    ...{kind: "code", ask: "x after each step, from x = 0"},
    start: "function adagrad(gradients, rate, epsilon) {\n  let s = 0;\n  let x = 0;\n  return gradients.map((g) => {\n    // …\n    return x;\n  });\n}", // prettier-ignore
    cases: [[mixed, 0.1, 1e-8], [[5, 5, 5, 5], 1, 1e-12], [[1e-3, -1e-3, 2e-3], 0.5, 1e-3]].map((args) => ({args, expected: adagrad(...(args as [number[], number, number]))})) // prettier-ignore
  },
  "ex-warm": number("Steps", Math.ceil(Math.log(0.01) / Math.log(0.999)), 1),
  "ex-nadam": {
    ...{kind: "code", ask: "x after each step, from x = 0"},
    start: "function nadam(gradients, rate, [beta1, beta2, epsilon]) {\n  let m = 0;\n  let v = 0;\n  let x = 0;\n  return gradients.map((g, k) => {\n    // …\n    return x;\n  });\n}", // prettier-ignore
    cases: [[mixed, 0.1, [0.9, 0.999, 1e-8]], [[2, 2, 2], 1, [0.5, 0.9, 1e-12]], [turns, 0.01, [0.9, 0.99, 1e-8]]].map((args) => ({args, expected: nadam(...(args as [number[], number, number[]]))})) // prettier-ignore
  },
  "ex-break": number("Drift in a turn, in units of η", drift(3, shortMemory(3)), 0.005),
  "ex-amsgrad": {
    ...{kind: "code", ask: "x after each step, from x = 0"},
    start: "function amsgrad(gradients, rate, beta2) {\n  let v = 0;\n  let x = 0;\n  return gradients.map((g) => {\n    v = beta2 * v + (1 - beta2) * g * g;\n    return (x -= (rate * g) / Math.sqrt(v));\n  });\n}", // prettier-ignore
    cases: [[turns, 0.1, 0.1], [mixed, 1, 0.9], [[1, 1, 1], 0.5, 0.5]].map((args) => ({args, expected: amsgrad(...(args as [number[], number, number]))})) // prettier-ignore
  }
};
