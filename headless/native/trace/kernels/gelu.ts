import type {Table} from "../kernel.js";
import type {Recording, Value} from "../value.js";
import {binary, number, real} from "./arithmetic.js";

const mul = (r: Recording, a: Value, b: Value | number) => binary(r, "Mul", a, typeof b === "number" ? number(b) : b);

/** e = erf z, z = x / √2. */
function erf(r: Recording, x: Value): {z: Value; e: Value} {
  const z = mul(r, x, Math.SQRT1_2);
  return {z, e: real(r, "Erf", z)};
}

/** Φ(x) = (1 + e) / 2 in one pass: a hard sigmoid does not cut what lies in [0, 1]. */
const cumulative = (r: Recording, e: Value) =>
  r.emit(e, "HardSigmoid", [r.name(e)], {alpha: {float: 0.5}, beta: {float: 0.5}});

/** Our op's GELU: the runtime has an operator of its own, but none for the gradient. */
export const gelu: Table = {
  DlmGelu({x}, _, r) {
    if (r.dialect === "runtime") return r.emit(x, "Gelu", [r.name(x)], {}, {domain: "com.microsoft"});
    return mul(r, x, cumulative(r, erf(r, x).e));
  },
  /** dy (Φ(x) + x φ(x)), where x φ(x) = z exp(−z²) / √π. */
  DlmGeluGradient({dy, x}, _, r) {
    const {z, e} = erf(r, x);
    const bell = real(r, "Exp", real(r, "Neg", mul(r, z, z)));
    const slope = binary(r, "Add", cumulative(r, e), mul(r, mul(r, z, bell), 1 / Math.sqrt(Math.PI)));
    return mul(r, dy, slope);
  }
};
