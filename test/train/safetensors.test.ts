import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {fromFloat16, toFloat16} from "../../src/components/train/float16.js";
import {readSafetensors, writeSafetensors, type Stored} from "../../src/components/train/safetensors.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** A file with the given header and data, whatever they say. */
function file(header: unknown, data: number[] = []): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

// The same bytes as the Python package safetensors 0.8.0 writes for these tensors.
test("a small file is these bytes: length, header padded with spaces, widest elements first", () => {
  const tensors = new Map<string, Stored>([
    ["b", {dtype: "U8", shape: [3], data: Uint8Array.of(1, 2, 255)}],
    ["h", {dtype: "F16", shape: [1], data: Float32Array.of(-2)}],
    ["w", {dtype: "F32", shape: [1, 2], data: Float32Array.of(1, -0.5)}],
    ["i", {dtype: "I32", shape: [], data: Int32Array.of(-2)}]
  ]);
  const bytes = writeSafetensors({tensors, metadata: new Map([["step", "3"]])});
  const header =
    '{"__metadata__":{"step":"3"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},' +
    '"i":{"dtype":"I32","shape":[],"data_offsets":[8,12]},"h":{"dtype":"F16","shape":[1],"data_offsets":[12,14]},' +
    '"b":{"dtype":"U8","shape":[3],"data_offsets":[14,17]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  const length = padded.length.toString(16).padStart(4, "0");
  expect(hex(bytes.subarray(0, 8))).toBe(`${length.slice(2)}${length.slice(0, 2)}000000000000`);
  expect(new TextDecoder().decode(bytes.subarray(8, 8 + padded.length))).toBe(padded);
  expect(hex(bytes.subarray(8 + padded.length))).toBe("0000803f" + "000000bf" + "feffffff" + "00c0" + "0102ff");
});

test("what was written is read back bit for bit, NaN and −0 included", () => {
  const stream = rng(1);
  const wild = Float32Array.of(NaN, -0, Infinity, -Infinity, 1e-45, 3.4e38);
  const tensors = new Map<string, Stored>([
    ["layer.0.weight", {dtype: "F32", shape: [2, 3], data: wild}],
    ["none", {dtype: "F32", shape: [0, 5], data: new Float32Array()}],
    ["bytes", {dtype: "U8", shape: [7], data: Uint8Array.from(stream.integers(7, 256))}],
    ["counts", {dtype: "I32", shape: [1, 2], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1)}],
    ["__proto__", {dtype: "F16", shape: [2], data: Float32Array.of(65504, -6e-8)}]
  ]);
  const metadata = new Map([["ünïcode", '"quoted"\n']]);
  const first = writeSafetensors({tensors, metadata});
  const read = readSafetensors(first);
  expect(read.metadata).toEqual(metadata);
  expect([...read.tensors.keys()].sort()).toEqual([...tensors.keys()].sort());
  expect(hex(new Uint8Array(read.tensors.get("layer.0.weight")!.data.buffer))).toBe(hex(new Uint8Array(wild.buffer)));
  expect(hex(writeSafetensors(read))).toBe(hex(first));
});

test("a file that begins at an odd byte of its buffer is read", () => {
  const bytes = writeSafetensors({
    tensors: new Map([["x", {dtype: "F32", shape: [2], data: Float32Array.of(3, 4)}]]),
    metadata: new Map()
  });
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect([...readSafetensors(shifted.subarray(1)).tensors.get("x")!.data]).toEqual([3, 4]);
});

const one = {dtype: "U8", shape: [2], data_offsets: [0, 2]};
test.each([
  ["too short", Uint8Array.of(1, 2, 3), "expected at least 10 bytes, got 3"],
  ["a header beyond the end", file({}).fill(255, 0, 2), "expected a header of 2 to 2 bytes, got 65535"],
  ["a length of 2⁶⁴ − 1", file({}).fill(255, 0, 8), "expected a header of 2 to 2 bytes, got 18446744073709552000"],
  ["no JSON", file("<!doctype html>"), 'expected a JSON header, got "<!doctype html>"'],
  ["bytes that are not UTF-8", file("{  }").fill(200, 9, 11), "expected a JSON header"],
  ["a list", file([]), "expected an object as the header, got []"],
  ["null for a tensor", file({x: null}), "expected an object as x, got null"],
  ["metadata that is no string", file({__metadata__: {n: 1}}), "expected a string as __metadata__.n, got 1"],
  ["an unknown type", file({x: {...one, dtype: "BF16"}}, [1, 2]), 'expected F32, F16, I32 or U8 for x, got "BF16"'],
  ["a type named as a method", file({x: {...one, dtype: "toString"}}, [1, 2]), "expected F32, F16, I32 or U8 for x"],
  ["a negative size", file({x: {...one, shape: [-2]}}, [1, 2]), "expected a shape of integers ≥ 0 for x, got [-2]"],
  ["a shape beyond 2⁵³", file({x: {...one, shape: [2 ** 30, 2 ** 30]}}), "expected a shape of integers ≥ 0 for x"],
  ["one offset", file({x: {...one, data_offsets: [0]}}, [1, 2]), "expected two offsets for x, got [0]"],
  ["offsets past the end", file({x: {...one, data_offsets: [0, 9]}}, [1, 2]), "expected offsets of x within 2 bytes"],
  ["offsets backwards", file({x: {...one, data_offsets: [2, 0]}}, [1, 2]), "expected offsets of x within 2 bytes"],
  ["a wrong size", file({x: {...one, shape: [3]}}, [1, 2]), "expected 3 bytes for x, U8 (3), got 2"],
  [
    "an overlap",
    file({x: one, y: {...one, data_offsets: [1, 3]}}, [1, 2, 3]),
    "expected y to begin at byte 2 of the data, got 1"
  ],
  [
    "a hole",
    file({x: one, y: {...one, data_offsets: [3, 5]}}, [1, 2, 3, 4, 5]),
    "expected y to begin at byte 2 of the data, got 3"
  ],
  ["bytes left over", file({x: one}, [1, 2, 3]), "expected 2 bytes of data, got 3"]
])("a file with %s is refused in one sentence", (_, bytes, message) => {
  expect(() => readSafetensors(bytes)).toThrow(RangeError);
  expect(() => readSafetensors(bytes)).toThrow(`readSafetensors: ${message}`);
});

test("a tensor that does not fill its shape is not written", () => {
  const tensors = new Map([["w", {dtype: "F32" as const, shape: [2, 2], data: new Float32Array(3)}]]);
  expect(() => writeSafetensors({tensors, metadata: new Map()})).toThrow(
    "writeSafetensors: expected 4 values for w, got 3"
  );
});

test("every binary16 number survives the way to float32 and back", () => {
  const all = Uint16Array.from({length: 65536}, (_, i) => i);
  const isNaN16 = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 1023) !== 0;
  const back = toFloat16(fromFloat16(all));
  expect(all.every((bits, i) => (isNaN16(bits) ? isNaN16(back[i]) : back[i] === bits))).toBe(true);
});

test("rounding to binary16 goes to the nearest, ties to even", () => {
  const round = (x: number) => fromFloat16(toFloat16(Float32Array.of(x)))[0];
  expect(round(1 + 2 ** -11)).toBe(1); // a tie between 1 and 1 + 2⁻¹⁰: 1 is even
  expect(round(1 + 3 * 2 ** -11)).toBe(1 + 2 ** -9); // a tie between odd 1 + 2⁻¹⁰ and even 1 + 2⁻⁹
  expect(round(1 + 2 ** -11 + 2 ** -20)).toBe(1 + 2 ** -10);
  expect(round(65519)).toBe(65504);
  expect(round(65520)).toBe(Infinity);
  expect(round(2 ** -25)).toBe(0);
  expect(round(1.5 * 2 ** -25)).toBe(2 ** -24);
  expect(round(2047.5 * 2 ** -25)).toBe(1024 * 2 ** -24); // the largest subnormals round up into the normal range
  for (const x of rng(2).normal(1000)) {
    const ulp = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 10);
    expect(Math.abs(round(x) - x)).toBeLessThanOrEqual(Math.max(ulp, 2 ** -24) / 2);
  }
});

test("a file reads the same from Node's Buffer, which shares its memory with others", () => {
  const written = writeSafetensors({
    tensors: new Map([["w", {dtype: "F32" as const, shape: [3], data: Float32Array.of(1, 2, 3)}]]),
    metadata: new Map()
  });
  const within = Buffer.concat([Buffer.alloc(5), written]).subarray(5);
  expect(readSafetensors(within)).toEqual(readSafetensors(written));
});
