import type {Translation} from "../kernel.js";
import {binary, number, real, same, where} from "./arithmetic.js";

/** log(1 + x) with all digits for small x: log(u) x / (u − 1) with u = 1 + x as rounded. Higham 2002, section 1.14.1. */
export const log1p: Translation = ({x}, _, recording) => {
  const u = binary(recording, "Add", x, number(1));
  const small = binary(recording, "Sub", u, number(1));
  const ratio = binary(recording, "Div", x, small);
  return where(
    recording,
    same(recording, small, number(0)),
    x,
    binary(recording, "Mul", real(recording, "Log", u), ratio)
  );
};

/** exp(x) − 1 with all digits for small x, by the same author: (u − 1) x / log u with u = exp x as rounded. */
export const expm1: Translation = ({x}, _, recording) => {
  const u = real(recording, "Exp", x);
  const small = binary(recording, "Sub", u, number(1));
  const close = binary(recording, "Mul", small, binary(recording, "Div", x, real(recording, "Log", u)));
  const near = where(recording, same(recording, small, number(0)), x, close);
  const far = recording.emit(
    {shape: x.shape, dtype: "bool"},
    "Greater",
    [real(recording, "Abs", x), number(1)].map(recording.operand)
  );
  return where(recording, far, small, near); // where exp x is 0 or ∞, x / log u is not a number
};
