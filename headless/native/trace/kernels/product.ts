import type {Table} from "../kernel.js";
import {alike, count, type DataType, type Recording, type Value} from "../value.js";
import {broadcastShape, transposed} from "./layout.js";

/** op(a) op(b) of matrices (I, K) and (K, J), as one GEMM. */
export function gemm(recording: Recording, a: Value, b: Value, {transposeA = false, transposeB = false} = {}): Value {
  const shape = [a.shape[transposeA ? 1 : 0], b.shape[transposeB ? 0 : 1]];
  const attributes = {transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0};
  return recording.emit({shape}, "Gemm", [recording.name(a), recording.name(b)], attributes);
}

/** Matrix products over the last two axes; the standard has no transposed operands in batches, the runtime has. */
export function matMul(recording: Recording, a: Value, b: Value, {transposeA = false, transposeB = false} = {}): Value {
  const [rows, columns] = [a.shape.at(transposeA ? -1 : -2)!, b.shape.at(transposeB ? -2 : -1)!];
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const shape = [...broadcastShape(batchA, batchB), rows, columns];
  if (count(batchA) === 1 && count(batchB) === 1) {
    const [left, right] = [a, b].map((value) => recording.reshape(value, value.shape.slice(-2)));
    return recording.reshape(gemm(recording, left, right, {transposeA, transposeB}), shape);
  }
  if (recording.dialect === "runtime" && (transposeA || transposeB)) {
    const attributes = {transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0};
    const operands = [recording.name(a), recording.name(b)];
    return recording.emit({shape}, "FusedMatMul", operands, attributes, {domain: "com.microsoft"});
  }
  const turned = (value: Value) => {
    const rank = value.shape.length;
    return transposed(recording, value, [...value.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2));
  };
  const operands = [transposeA ? turned(a) : a, transposeB ? turned(b) : b];
  return recording.emit({shape}, "MatMul", operands.map(recording.name));
}

type OneHot = {depth: number; onValue: number; offValue: number; dtype: DataType};
type Transposes = {transposeA: boolean; transposeB: boolean};

/** Kernels that are matrix products, or read rows as one: a gather's gradient is one with one-hot rows. */
export const product: Table = {
  BatchMatMul: ({a, b}, transposes: Transposes, r) => matMul(r, a, b, transposes),
  OneHot({indices}, {depth, onValue, offValue, dtype}: OneHot, r) {
    return r.cast(oneHot(r, indices, depth, [offValue, onValue]), dtype);
  },
  GatherV2({x, indices}, {axis, batchDims}: {axis: number; batchDims: number}, r) {
    if (batchDims) throw new RangeError(`trace: expected a gather with batchDims 0, got ${batchDims}`);
    const at = axis < 0 ? axis + x.shape.length : axis;
    const shape = x.shape.toSpliced(at, 1, ...indices.shape);
    return r.emit({shape, dtype: x.dtype}, "Gather", [r.name(x), r.name(r.cast(indices, "int32"))], {axis: at});
  },
  UnsortedSegmentSum({x, segmentIds}, {numSegments}: {numSegments: number}, r) {
    const ids = count(segmentIds.shape);
    if (!alike(segmentIds.shape, x.shape.slice(0, segmentIds.shape.length)))
      throw new RangeError(`trace: expected segment ids (${x.shape[0]}), got (${segmentIds.shape.join(", ")})`);
    const rows = r.reshape(r.cast(x, "float32"), [ids, count(x.shape) / ids]); // (n, D)
    const places = oneHot(r, r.reshape(segmentIds, [ids]), numSegments, [0, 1]); // (n, S)
    const sums = gemm(r, places, rows, {transposeA: true}); // (S, D)
    return r.reshape(sums, [numSegments, ...x.shape.slice(segmentIds.shape.length)]);
  }
};

function oneHot(recording: Recording, indices: Value, depth: number, [off, on]: [number, number]): Value {
  const {graph} = recording;
  const inputs = [recording.name(indices), graph.constant("int32", [], Int32Array.of(depth))];
  const values = graph.constant("float32", [2], Float32Array.of(off, on));
  return recording.emit({shape: [...indices.shape, depth]}, "OneHot", [...inputs, values]);
}
