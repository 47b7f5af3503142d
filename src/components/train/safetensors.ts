import {fromFloat16, toFloat16} from "./float16.js";

/** A tensor of a safetensors file. F16 values are held as float32, in which each is exact. */
export type Stored =
  | {dtype: "F32" | "F16"; shape: number[]; data: Float32Array}
  | {dtype: "I32"; shape: number[]; data: Int32Array}
  | {dtype: "U8"; shape: number[]; data: Uint8Array};

export interface Safetensors {
  tensors: Map<string, Stored>;
  /** The header's `__metadata__`: strings by name. */
  metadata: Map<string, string>;
}

const bytesOf = {F32: 4, I32: 4, F16: 2, U8: 1};

/**
 * A safetensors file: header length (8 bytes, little-endian), JSON header, data.
 *
 * Tensors are laid out by element size, widest first, each group in the order given, so every tensor is aligned to its
 * element size; the header is padded with spaces to a multiple of 8. https://github.com/huggingface/safetensors#format
 *
 * @throws RangeError if a tensor's data does not fill its shape.
 */
export function writeSafetensors({tensors, metadata}: Safetensors): Uint8Array<ArrayBuffer> {
  const order = [...tensors].sort(([, a], [, b]) => bytesOf[b.dtype] - bytesOf[a.dtype]);
  const head: [string, unknown][] = metadata.size ? [["__metadata__", Object.fromEntries(metadata)]] : [];
  let end = 0;
  for (const [name, {dtype, shape, data}] of order) {
    if (data.length !== count(shape))
      throw new RangeError(`writeSafetensors: expected ${count(shape)} values for ${name}, got ${data.length}`);
    const begin = end;
    end += data.length * bytesOf[dtype];
    head.push([name, {dtype, shape, data_offsets: [begin, end]}]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(head)));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(start + end).fill(32, 8, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true);
  file.set(json, 8);
  let at = start;
  for (const [, {dtype, data}] of order) {
    const stored = dtype === "F16" ? toFloat16(data) : data;
    file.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), at);
    at += stored.byteLength;
  }
  return file;
}

/**
 * The tensors and strings of a safetensors file from anywhere. Nothing in the file is trusted: what is returned has been
 * checked to lie inside it, to fill its shape, to overlap nothing and to leave no byte over.
 *
 * @param wanted which tensors to return; all of them unless told.
 * @throws RangeError `readSafetensors: expected …, got …`.
 */
export function readSafetensors(file: Uint8Array, wanted: (name: string) => boolean = () => true): Safetensors {
  const [header, start] = readHeader(file);
  const data = file.subarray(start);
  const tensors = new Map<string, Stored>();
  const metadata = new Map<string, string>();
  const spans: [begin: number, end: number, name: string][] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") {
      for (const [key, value] of Object.entries(object(entry, name)))
        metadata.set(key, typeof value === "string" ? value : expected(`a string as __metadata__.${key}`, value));
      continue;
    }
    const {dtype, shape, begin, end} = readEntry(name, object(entry, name), data.length);
    spans.push([begin, end, name]);
    if (!wanted(name)) continue;
    tensors.set(name, decode(dtype, shape, new Uint8Array(data.subarray(begin, end)).buffer)); // a copy of its own, hence aligned; slice makes none of Node's Buffer
  }
  let at = 0;
  for (const [begin, end, name] of spans.sort(([a, b], [c, d]) => a - c || b - d)) {
    if (begin !== at) expected(`${name} to begin at byte ${at} of the data`, begin);
    at = end;
  }
  if (at !== data.length) expected(`${at} bytes of data`, data.length);
  return {tensors, metadata};
}

function readHeader(file: Uint8Array): [header: Record<string, unknown>, start: number] {
  if (file.length < 10) expected("at least 10 bytes", file.length);
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (length < 2 || length > file.length - 8) expected(`a header of 2 to ${file.length - 8} bytes`, length);
  try {
    const text = new TextDecoder("utf-8", {fatal: true}).decode(file.subarray(8, 8 + length));
    return [object(JSON.parse(text), "the header"), 8 + length];
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return expected("a JSON header", new TextDecoder().decode(file.subarray(8, 8 + Math.min(length, 24))));
  }
}

function readEntry(name: string, {dtype, shape, data_offsets}: Record<string, unknown>, available: number) {
  const whole = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (typeof dtype !== "string" || !Object.hasOwn(bytesOf, dtype)) expected(`F32, F16, I32 or U8 for ${name}`, dtype);
  if (!whole(shape) || !Number.isSafeInteger(count(shape)))
    return expected(`a shape of integers ≥ 0 for ${name}`, shape);
  if (!whole(data_offsets) || data_offsets.length !== 2) return expected(`two offsets for ${name}`, data_offsets);
  const [begin, end] = data_offsets;
  if (begin > end || end > available) expected(`offsets of ${name} within ${available} bytes`, data_offsets);
  const size = count(shape) * bytesOf[dtype as Stored["dtype"]];
  if (end - begin !== size) expected(`${size} bytes for ${name}, ${dtype} (${shape.join(", ")})`, end - begin);
  return {dtype: dtype as Stored["dtype"], shape, begin, end};
}

function decode(dtype: Stored["dtype"], shape: number[], buffer: ArrayBuffer): Stored {
  if (dtype === "U8") return {dtype, shape, data: new Uint8Array(buffer)};
  if (dtype === "I32") return {dtype, shape, data: new Int32Array(buffer)};
  return {dtype, shape, data: dtype === "F16" ? fromFloat16(new Uint16Array(buffer)) : new Float32Array(buffer)};
}

const count = (shape: number[]) => shape.reduce((product, n) => product * n, 1);

const object = (value: unknown, name: string): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : expected(`an object as ${name}`, value);

function expected(what: string, got: unknown): never {
  throw new RangeError(`readSafetensors: expected ${what}, got ${JSON.stringify(got)?.slice(0, 60)}`);
}
