import {alike, type DataType, type Recording, type Value} from "../value.js";
import {binaryInBlocks, unaryInBlocks} from "./inBlocks.js";
import {broadcastShape, expanded} from "./layout.js";

/** What an operator makes of two numbers, where it is worth knowing at once. */
const folded: Record<string, (a: number, b: number) => number> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b
};

/** The type that two operands meet in; truth values are added up as integers. */
export const joint = (a: DataType, b: DataType): DataType =>
  a === b && a !== "bool" ? a : [a, b].includes("float32") ? "float32" : "int32";

/** The operator on two values that broadcast; 1 · x, x / 1, 0 + x and x − 0 are x. */
export function binary(recording: Recording, operator: string, a: Value, b: Value): Value {
  const dtype = joint(a.dtype, b.dtype);
  const [left, right] = [recording.cast(a, dtype), recording.cast(b, dtype)];
  const shape = broadcastShape(left.shape, right.shape);
  const fold = folded[operator];
  if ("fill" in left && "fill" in right && fold && dtype === "float32")
    return {shape, dtype, fill: Math.fround(fold(left.fill, right.fill))};
  const neutral = {Add: 0, Sub: 0, Mul: 1, Div: 1}[operator];
  if ("fill" in right && right.fill === neutral) return expanded(recording, left, shape);
  if ("fill" in left && left.fill === neutral && (operator === "Add" || operator === "Mul"))
    return expanded(recording, right, shape);
  const blocks = binaryInBlocks(recording, operator, left, right);
  if (blocks) return blocks;
  const reached = broadcastShape("fill" in left ? [] : left.shape, "fill" in right ? [] : right.shape);
  const value = recording.emit({shape: reached, dtype}, operator, [recording.operand(left), recording.operand(right)]);
  return alike(reached, shape) ? value : expanded(recording, value, shape);
}

/** Truth values turned round. */
export const not = (recording: Recording, x: Value): Value =>
  recording.emit({shape: x.shape, dtype: "bool"}, "Not", [recording.name(recording.cast(x, "bool"))]);

/** The operator on every element. */
export const unary = (recording: Recording, operator: string, x: Value): Value => {
  const blocks = unaryInBlocks(recording, operator, x);
  if (blocks) return blocks;
  const value = recording.emit(x, operator, [recording.operand(x)]);
  return "fill" in x ? expanded(recording, {...value, shape: []}, x.shape) : value;
};

/** The same, for operators of real numbers. */
export const real = (recording: Recording, operator: string, x: Value): Value =>
  unary(recording, operator, recording.cast(x, "float32"));

/** A number on its own. */
export const number = (fill: number): Value => ({shape: [], dtype: "float32", fill});

/** t where the condition holds, and e elsewhere. */
export const where = (recording: Recording, condition: Value, t: Value, e: Value): Value =>
  recording.emit({shape: broadcastShape(condition.shape, broadcastShape(t.shape, e.shape)), dtype: t.dtype}, "Where", [
    recording.name(recording.cast(condition, "bool")),
    recording.operand(t),
    recording.operand(e)
  ]);

/** Whether two values are equal, element by element. */
export const same = (recording: Recording, a: Value, b: Value): Value =>
  recording.emit({shape: broadcastShape(a.shape, b.shape), dtype: "bool"}, "Equal", [
    recording.operand(a),
    recording.operand(b)
  ]);
