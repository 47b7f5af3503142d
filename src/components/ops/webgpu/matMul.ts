import type * as tf from "@tensorflow/tfjs";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, repeat, run, vector, type Shader} from "./shader.js";
import {lane} from "./text.js";
import {multiply, type Family} from "./tiles.js";
import {tileFor} from "./variants.js";

/** `batch` products (I, K) × (K, J); `turnA`, `turnB` where the operand lies transposed. */
export type Product = {batch: number; I: number; J: number; K: number; turnA: boolean; turnB: boolean};

const size = 64;

/** A 4 × 4 block of an operand, `rows` × `columns` as it lies in memory: its row r as a vector, zeros outside. */
export function blockLoader(name: string, rows: number, columns: number): string {
  const lanes = lanesOf(columns);
  const inside = rows % 4 === 0 ? "" : `if (row >= ${rows}) { return vec4f(); }`;
  const vectors = `return ${name}[at];`;
  const numbers = `return vec4f(${repeat(4, (t) => `select(0.0, ${name}[at + ${t}], column + ${t} < ${columns}),`).replace(/,$/, "")});`; // prettier-ignore
  return `fn load_${name}(base: i32, row: i32, column: i32) -> vec4f {
  ${inside}
  let at = (base + row * ${columns} + column)${lanes === 4 ? " / 4" : ""};
  ${lanes === 4 ? vectors : numbers}
}`;
}

/** The sixteen numbers of a block as `depth` vectors along I or J: those of a transposed operand lie that way already. */
const block = (name: string, along: string, turned: boolean) =>
  turned
    ? repeat(4, (t) => `let ${name}${t} = load_${name}(base_${name}, k + ${t}, ${along});`)
    : repeat(4, (t) => `let row_${name}${t} = load_${name}(base_${name}, ${along} + ${t}, k);`) +
      repeat(
        4,
        (t) => `let ${name}${t} = vec4f(${[0, 1, 2, 3].map((r) => `row_${name}${r}.${"xyzw"[t]}`).join(", ")});`
      );

const shader: Shader<Product> = {
  name: "matrix product",
  size,
  bindings: ({I, J, K, turnA, turnB}) => [
    {name: "y", type: vector(lanesOf(J)), written: true},
    {name: "a", type: vector(lanesOf(turnA ? I : K))},
    {name: "b", type: vector(lanesOf(turnB ? K : J))}
  ],
  declarations: ({I, J, K, turnA, turnB}) =>
    `${blockLoader("a", turnA ? K : I, turnA ? I : K)}\n${blockLoader("b", turnB ? J : K, turnB ? K : J)}`,
  body({batch, I, J, K, turnA, turnB}) {
    const [rows, columns] = [groupsOf(I, 4), groupsOf(J, 4)];
    const lanes = lanesOf(J);
    const store = (r: number) =>
      lanes === 4
        ? `y[at / 4] = sum${r};`
        : repeat(4, (t) => `if (j + ${t} < ${J}) { y[at + ${t}] = ${lane(`sum${r}`, t, 4)}; }`);
    // Neighbouring invocations share columns of b by eights, and rows of a by eights.
    const across = groupsOf(columns, 8);
    return `let j = (group % ${across} * 8 + local % 8) * 4;
  let i = (group / ${across} % ${groupsOf(rows, 8)} * 8 + local / 8) * 4;
  let n = group / ${across * groupsOf(rows, 8)};
  if (j >= ${J} || i >= ${I} || n >= ${batch}) { return; }
  let base_a = n * ${I * K};
  let base_b = n * ${K * J};
  ${repeat(4, (r) => `var sum${r} = vec4f();`)}
  for (var k = 0; k < ${K}; k += 4) {
    ${block("a", "i", turnA)}
    ${block("b", "j", !turnB)}
    ${repeat(4, (r) => repeat(4, (t) => `sum${r} = fma(vec4f(${lane(`a${t}`, r, 4)}), b${t}, sum${r});`))}
  }
  ${repeat(4, (r) => `if (i + ${r} < ${I}) { let at = n * ${I * J} + (i + ${r}) * ${J} + j; ${store(r)} }`)}`;
  }
};

const tiled: Family<Product> = {
  name: "matrix product",
  extent: ({batch, I: M, J: N, K}) => ({batch, M, N, K}),
  a: ({I, K, turnA}) => ({
    along: turnA ? "side" : "depth",
    text: `return a[z * ${I * K} + ${turnA ? `k * ${I} + m` : `m * ${K} + k`}];`
  }),
  b: ({J, K, turnB}) => ({
    along: turnB ? "depth" : "side",
    text: `return b[z * ${J * K} + ${turnB ? `n * ${K} + k` : `k * ${J} + n`}];`
  }),
  place: ({I, J}) => `z * ${I * J} + m * ${J} + n`
};

/** The product of `matMul`. */
export function matMul(
  {a, b}: Record<"a" | "b", tf.Tensor>,
  {transposeA, transposeB}: {transposeA: boolean; transposeB: boolean}
): tf.Tensor {
  const [rowsA, columnsA] = a.shape.slice(-2);
  const [rowsB, columnsB] = b.shape.slice(-2);
  const [I, K] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const J = transposeB ? rowsB : columnsB;
  const product = {batch: a.size / (I * K), I, J, K, turnA: transposeA, turnB: transposeB};
  const shape = [...a.shape.slice(0, -2), I, J];
  const tile = tileFor("matMul", tiled.extent(product));
  if (tile) return multiply(tiled, product, [a, b], {tile, shape});
  const y = allocate(shape);
  run(shader, product, [y, a, b], groupsOf(groupsOf(I, 4), 8) * groupsOf(groupsOf(J, 4), 8) * product.batch);
  return y;
}
