import type {Differentiable, Field} from "../../components/math/field.js";
import {relu} from "../../components/math/primitives.js";

/**
 * The example of micrograd's README (Karpathy 2020): a and b used many times, sums, products, powers, ReLUs, a quotient.
 * Printed there for a = −4, b = 2: g = 24.7041, ∂g/∂a = 138.8338, ∂g/∂b = 645.5773.
 */
export const micrograd: Differentiable = <S>(o: Field<S>, [a, b]: S[]): S[] => {
  const {plus, minus, times, over, constant} = o;
  const [one, two] = [constant(1), constant(2)];
  const positive = (x: S) => o.map(relu, x);
  let c = plus(a, b);
  let d = plus(times(a, b), times(times(b, b), b));
  c = plus(c, plus(c, one));
  c = plus(c, minus(plus(one, c), a));
  d = plus(d, plus(times(d, two), positive(plus(b, a))));
  d = plus(d, plus(times(constant(3), d), positive(minus(b, a))));
  const e = minus(c, d);
  const f = times(e, e);
  return [plus(over(f, two), over(constant(10), f))];
};

/** What the README prints, to four digits. */
export const microgradPrinted = {value: 24.7041, gradient: [138.8338, 645.5773]};

/** Formulas to draw, with where they begin. */
export const formulas: {name: string; text: string; at: Record<string, number>}[] = [
  {name: "a neuron (CS231n)", text: "1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))", at: {w0: 2, x0: -1, w1: -3, x1: -2, w2: -3}},
  {name: "used twice", text: "a = x*y; a*a + a*x", at: {x: 2, y: -1}},
  {name: "two layers", text: "h1 = tanh(w1*x); h2 = tanh(w2*x); d = v1*h1 + v2*h2 - y; d*d", at: {w1: 1, x: 0.5, w2: -2, v1: 1.5, v2: 0.5, y: 0.2}},
  {name: "a switch", text: "relu(x*w) - relu(x)", at: {x: -1, w: -2}},
  {name: "squares of squares", text: "a = x*x; b = a*a; c = b*b; c*c", at: {x: 1.1}}
]; // prettier-ignore
