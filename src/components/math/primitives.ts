import type {Primitive} from "./field.js";

/** The derivative table that forward and reverse mode share. Each slope is given x and y = f(x). */

export const exp: Primitive = {name: "exp", value: Math.exp, slope: (_, __, y) => y};

export const log: Primitive = {name: "ln", value: Math.log, slope: (o, x) => o.over(o.constant(1), x)};

export const sqrt: Primitive = {
  name: "√",
  value: Math.sqrt,
  slope: (o, _, y) => o.over(o.constant(0.5), y)
};

export const sin: Primitive = {name: "sin", value: Math.sin, slope: (o, x) => o.map(cos, x)};

export const cos: Primitive = {
  name: "cos",
  value: Math.cos,
  slope: (o, x) => o.minus(o.constant(0), o.map(sin, x))
};

export const tanh: Primitive = {
  name: "tanh",
  value: Math.tanh,
  slope: (o, _, y) => o.minus(o.constant(1), o.times(y, y))
};

/** σ(x) = 1 / (1 + e⁻ˣ), from the side that does not overflow. */
export const sigmoid: Primitive = {
  name: "σ",
  value: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  slope: (o, _, y) => o.times(y, o.minus(o.constant(1), y))
};

/** max(x, 0), with slope 0 at the kink, as the frameworks have it. */
export const relu: Primitive = {
  name: "relu",
  value: (x) => Math.max(x, 0),
  slope: (o, x) => o.constant(o.value(x) > 0 ? 1 : 0)
};
