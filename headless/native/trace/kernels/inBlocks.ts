import {added, affine, rectified, shifted} from "../../convolution/affine.js";
import {blocksOf, fromBlocks, toBlocks} from "../../convolution/blocked.js";
import {broadcastShape} from "./layout.js";
import {alike, count, type Recording, type Value} from "../value.js";

// Images that a convolution left in blocks stay in them through what works element by element.

/** A function of every element, on blocks; nothing if x is not made of blocks. */
export function unaryInBlocks(recording: Recording, operator: string, x: Value): Value | null {
  const blocks = blocksOf(recording, x);
  if (!blocks) return null;
  if (operator === "Relu") return fromBlocks(recording, rectified(recording, blocks));
  return fromBlocks(recording, recording.emit(blocks, operator, [recording.name(blocks)]));
}

/** A function of two operands, on blocks; nothing if neither is made of blocks, or they broadcast otherwise than by channel. */
export function binaryInBlocks(recording: Recording, operator: string, a: Value, b: Value): Value | null {
  const [left, right] = [blocksOf(recording, a), blocksOf(recording, b)];
  const blocks = left ?? right;
  if (!blocks || a.dtype !== "float32") return null;
  if (alike(a.shape, b.shape) && "name" in a && "name" in b)
    return fromBlocks(recording, ofTwo(recording, operator, a, b));
  const [images, other] = left ? [a, b] : [b, a];
  if (!alike(broadcastShape(a.shape, b.shape), images.shape)) return null;
  if ("fill" in other || count(other.shape) === 1) {
    const operands = [left ?? other, right ?? other].map(recording.operand);
    return fromBlocks(recording, recording.emit(blocks, operator, operands));
  }
  const channels = count(other.shape) === other.shape.at(-1) ? recording.reshape(other, [blocks.shape[1]]) : null;
  if (channels && operator === "Mul") return fromBlocks(recording, affine(recording, blocks, channels));
  if (channels && operator === "Add") return fromBlocks(recording, shifted(recording, blocks, channels));
  return null;
}

function ofTwo(recording: Recording, operator: string, a: Value, b: Value): Value {
  const [x, y] = [toBlocks(recording, a), toBlocks(recording, b)];
  if (operator === "Add") return added(recording, x, y);
  return recording.emit(x, operator, [recording.name(x), recording.name(y)]);
}
