import type {Table, Translation} from "../kernel.js";
import {blocksOf, fromBlocks} from "../../convolution/blocked.js";
import type {DataType, Recording, Value} from "../value.js";
import {binary, joint, not, number, real, unary, where} from "./arithmetic.js";
import {broadcastShape, expanded} from "./layout.js";
import {expm1, log1p} from "./nearZero.js";

const arithmetic =
  (operator: string): Translation =>
  ({a, b}, _, recording) =>
    binary(recording, operator, a, b);

/** Comparisons and logic: numbers are compared as float32 if one of them is, and the result is a truth value. */
const comparison =
  (operator: string): Translation =>
  ({a, b}, _, recording) => {
    const logical = operator === "And" || operator === "Or";
    const dtype = logical ? "bool" : joint(a.dtype, b.dtype);
    const names = [a, b].map((value) => recording.name(recording.cast(value, dtype)));
    return recording.emit({shape: broadcastShape(a.shape, b.shape), dtype: "bool"}, operator, names);
  };

/**
 * 1 where x > 0, and α elsewhere. For α = 0 one operator does it, min(1, 3 · 10³⁸ relu(x)), which is exact but for x below the
 * least normal number. The gradient of a ReLU asks for it, so that relu(x) is there already.
 */
const step: Translation = ({x}, {alpha = 0}: {alpha?: number}, recording) => {
  if (alpha === 0 && x.dtype === "float32") return rectifiedStep(recording, x);
  const positive = recording.emit({shape: x.shape, dtype: "bool"}, "Greater", [
    recording.name(x),
    recording.operand(recording.cast(number(0), x.dtype))
  ]);
  return alpha === 0 ? recording.cast(positive, "float32") : where(recording, positive, number(1), number(alpha));
};

const rectifiedStep = (recording: Recording, x: Value): Value => {
  const rectified = isRectified(recording, x) ? x : unary(recording, "Relu", x);
  const steep = {alpha: {float: 3e38}, beta: {float: 0}};
  const blocks = blocksOf(recording, rectified);
  const made = recording.emit(blocks ?? x, "HardSigmoid", [recording.name(blocks ?? rectified)], steep);
  return blocks ? fromBlocks(recording, made) : made;
};

/** Whether x is a ReLU's output, which another ReLU would leave as it is. */
function isRectified(recording: Recording, x: Value): boolean {
  const made = blocksOf(recording, x) ?? x;
  const node = "name" in made ? recording.graph.maker(made.name) : undefined;
  return node?.operator === "Relu" || node?.attributes.activation === "Relu";
}

const table = (names: Record<string, string>, make: (operator: string) => Translation): Table =>
  Object.fromEntries(Object.entries(names).map(([kernel, operator]) => [kernel, make(operator)]));

/** Kernels that work element by element. */
export const elementwise: Table = {
  ...table(
    {Add: "Add", Sub: "Sub", Multiply: "Mul", RealDiv: "Div", Maximum: "Max", Minimum: "Min", Pow: "Pow"},
    arithmetic
  ),
  ...table(
    {
      Equal: "Equal",
      Greater: "Greater",
      GreaterEqual: "GreaterOrEqual",
      Less: "Less",
      LessEqual: "LessOrEqual",
      LogicalAnd: "And",
      LogicalOr: "Or"
    },
    comparison
  ),
  ...table(
    {Abs: "Abs", Neg: "Neg", Sign: "Sign", Relu: "Relu"},
    (operator) =>
      ({x}, _, r) =>
        unary(r, operator, x)
  ),
  ...table(
    {
      Ceil: "Ceil",
      Cos: "Cos",
      Elu: "Elu",
      Erf: "Erf",
      Exp: "Exp",
      Floor: "Floor",
      Log: "Log",
      Reciprocal: "Reciprocal"
    },
    (operator) =>
      ({x}, _, r) =>
        real(r, operator, x)
  ),
  ...table(
    {Round: "Round", Sigmoid: "Sigmoid", Sin: "Sin", Softplus: "Softplus", Sqrt: "Sqrt", Tanh: "Tanh"},
    (operator) =>
      ({x}, _, r) =>
        real(r, operator, x)
  ),
  NotEqual: (inputs, _, r) => not(r, comparison("Equal")(inputs, _, r) as Value),
  LogicalNot: ({x}, _, r) => not(r, x),
  SquaredDifference({a, b}, _, r) {
    const difference = binary(r, "Sub", a, b);
    return binary(r, "Mul", difference, difference);
  },
  AddN: (terms, _, r) => Object.values(terms).reduce((sum, term) => binary(r, "Add", sum, term)),
  FloorDiv({a, b}, _, r) {
    const ratio = binary(r, "Div", r.cast(a, "float32"), r.cast(b, "float32"));
    return r.cast(real(r, "Floor", ratio), joint(a.dtype, b.dtype));
  },
  Square: ({x}, _, r) => binary(r, "Mul", x, x),
  Rsqrt: ({x}, _, r) => real(r, "Reciprocal", real(r, "Sqrt", x)),
  Log1p: log1p,
  Expm1: expm1,
  Step: step,
  Relu6: ({x}, _, r) => binary(r, "Min", unary(r, "Relu", x), number(6)),
  LeakyRelu: ({x}, {alpha}: {alpha: number}, r) => r.emit(x, "LeakyRelu", [r.name(x)], {alpha: {float: alpha}}),
  EluGrad({dy, y}, _, r) {
    const negative = r.emit({shape: y.shape, dtype: "bool"}, "Less", [r.name(y), r.graph.float(0)]);
    return where(r, negative, binary(r, "Mul", dy, binary(r, "Add", y, number(1))), dy);
  },
  ClipByValue({x}, {clipValueMin, clipValueMax}: {clipValueMin: number; clipValueMax: number}, r) {
    return binary(r, "Min", binary(r, "Max", x, number(clipValueMin)), number(clipValueMax));
  },
  Cast: ({x}, {dtype}: {dtype: DataType}, r) => r.cast(x, dtype),
  Identity: ({x}) => x,
  Select: ({condition, t, e}, _, r) => expanded(r, where(r, condition, t, e), t.shape),
  Fill: (_, {shape, value, dtype = "float32"}: {shape: number[]; value: number; dtype?: DataType}) => ({
    shape,
    dtype,
    fill: value
  }),
  ZerosLike: ({x}) => ({shape: x.shape, dtype: x.dtype, fill: 0}),
  OnesLike: ({x}) => ({shape: x.shape, dtype: x.dtype, fill: 1})
};
