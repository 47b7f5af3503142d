import type * as tf from "@tensorflow/tfjs";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, repeat, run, vector, type Shader} from "./shader.js";
import {broadcastPlace} from "./text.js";

// Attention whose weights are never in memory: an invocation has a query, or a key, and goes through all others one by one.
// Dao et al. 2022, algorithms 1 and 4, without their tiles: neighbouring invocations read the same row at the same time.

/** `count` pairs of T queries and S keys of d numbers, values of e; the mask's shape, empty for none. */
type Sizes = {leading: number[]; count: number; T: number; S: number; d: number; e: number; mask: number[]; masked: boolean}; // prettier-ignore

const size = 64;
const widest = 128; // numbers of a row that an invocation keeps in registers
const unseen = -1e9;

type Name = "q" | "k" | "v" | "y" | "dy" | "dq" | "dk" | "dv";
const widthOf = (name: Name, {d, e}: Sizes) => (["q", "k", "dq", "dk"].includes(name) ? d : e);
const vectors = (name: Name, sizes: Sizes) => widthOf(name, sizes) / lanesOf(widthOf(name, sizes));
const typeOf = (name: Name, sizes: Sizes) => vector(lanesOf(widthOf(name, sizes)));

/** A shader of the rows of `own`, whose last index is t or s; it knows z too. */
const shaderOf = (
  name: string,
  index: "t" | "s",
  [outputs, inputs]: string[][],
  body: (sizes: Sizes) => string
): Shader<Sizes> => ({
  name,
  size,
  bindings: (sizes) =>
    [...outputs, ...inputs, ...(sizes.masked ? ["mask"] : [])].map((name, i) => ({
      name,
      type: ["lse", "delta", "mask"].includes(name) ? "f32" : typeOf(name as Name, sizes),
      written: i < outputs.length
    })),
  declarations: ({leading, T, S, mask, masked}) => `fn lowered(z: i32, t: i32, s: i32) -> f32 {
  ${masked ? `let at = (z * ${T} + t) * ${S} + s; return (1.0 - mask[${broadcastPlace(mask, [...leading, T, S], "at")}]) * ${unseen};` : "return 0.0;"}
}`,
  body(sizes) {
    const rows = index === "t" ? sizes.T : sizes.S;
    return `let row = group * ${size} + local;
  if (row >= ${sizes.count * rows}) { return; }
  let z = row / ${rows};
  let ${index} = row % ${rows};
  ${body(sizes)}`;
  }
});

/** The row's own vectors, in registers. */
const own = (name: Name, sizes: Sizes) =>
  repeat(vectors(name, sizes), (i) => `let ${name}${i} = ${name}[row * ${vectors(name, sizes)} + ${i}];`);
const sums = (name: Name, sizes: Sizes) =>
  repeat(vectors(name, sizes), (i) => `var ${name}${i} = ${typeOf(name, sizes)}();`);
const store = (name: Name, sizes: Sizes, factor = "") =>
  repeat(vectors(name, sizes), (i) => `${name}[row * ${vectors(name, sizes)} + ${i}] = ${name}${i}${factor};`);
/** The product of the row's own vectors with another row's. */
const product = (name: Name, other: Name, at: string, sizes: Sizes) => {
  const n = vectors(name, sizes);
  const term = (i: number) => {
    const pair = [`${name}${i}`, `${other}[(${at}) * ${n} + ${i}]`];
    return lanesOf(widthOf(name, sizes)) === 4 ? `dot(${pair.join(", ")})` : pair.join(" * ");
  };
  return Array.from({length: n}, (_, i) => term(i)).join(" + ");
};
const gather = (sum: Name, of: Name, at: string, factor: string, sizes: Sizes) => {
  const n = vectors(sum, sizes);
  return repeat(n, (i) => `${sum}${i} += ${of}[(${at}) * ${n} + ${i}] * ${factor};`);
};

const score = (dot: string, {d}: Sizes) => `(${dot}) * ${1 / Math.sqrt(d)} + lowered(z, t, s)`;
const [queryRow, keyRow] = [({T}: Sizes) => `z * ${T} + t`, ({S}: Sizes) => `z * ${S} + s`];

const forwardShader = shaderOf(
  "long attention",
  "t",
  [["y", "lse"], ["q", "k", "v"]],
  (sizes) => `${own("q", sizes)} ${sums("y", sizes)}
  var highest = -3.4e38;
  var mass = 0.0;
  for (var s = 0; s < ${sizes.S}; s++) {
    let score = ${score(product("q", "k", keyRow(sizes), sizes), sizes)};
    let higher = max(highest, score);
    let fewer = exp(highest - higher);
    let p = exp(score - higher);
    highest = higher;
    mass = mass * fewer + p;
    ${repeat(vectors("y", sizes), (i) => `y${i} *= fewer;`)}
    ${gather("y", "v", keyRow(sizes), "p", sizes)}
  }
  ${store("y", sizes, " / mass")}
  lse[row] = highest + log(mass);`
); // prettier-ignore

const deltaShader = shaderOf(
  "long attention, dy · y",
  "t",
  [["delta"], ["dy", "y"]],
  (sizes) => `${own("dy", sizes)} delta[row] = ${product("dy", "y", "row", sizes)};`
); // prettier-ignore

const slope = ({d}: Sizes, dWeight: string, row: string) => `${1 / Math.sqrt(d)} * p * (${dWeight} - delta[${row}])`;

const queryShader = shaderOf(
  "long attention, dq",
  "t",
  [["dq"], ["q", "k", "v", "dy", "lse", "delta"]],
  (sizes) => `${own("q", sizes)} ${own("dy", sizes)} ${sums("dq", sizes)}
  for (var s = 0; s < ${sizes.S}; s++) {
    let p = exp(${score(product("q", "k", keyRow(sizes), sizes), sizes)} - lse[row]);
    let dScore = ${slope(sizes, `(${product("dy", "v", keyRow(sizes), sizes)})`, "row")};
    ${gather("dq", "k", keyRow(sizes), "dScore", sizes)}
  }
  ${store("dq", sizes)}`
); // prettier-ignore

const keyShader = shaderOf(
  "long attention, dk",
  "s",
  [["dk"], ["q", "k", "v", "dy", "lse", "delta"]],
  (sizes) => `${own("k", sizes)} ${own("v", sizes)} ${sums("dk", sizes)}
  for (var t = 0; t < ${sizes.T}; t++) {
    let p = exp(${score(product("k", "q", queryRow(sizes), sizes), sizes)} - lse[${queryRow(sizes)}]);
    let dScore = ${slope(sizes, `(${product("v", "dy", queryRow(sizes), sizes)})`, queryRow(sizes))};
    ${gather("dk", "q", queryRow(sizes), "dScore", sizes)}
  }
  ${store("dk", sizes)}`
); // prettier-ignore

const valueShader = shaderOf(
  "long attention, dv",
  "s",
  [["dv"], ["q", "k", "dy", "lse"]],
  (sizes) => `${own("k", sizes)} ${sums("dv", sizes)}
  for (var t = 0; t < ${sizes.T}; t++) {
    let p = exp(${score(product("k", "q", queryRow(sizes), sizes), sizes)} - lse[${queryRow(sizes)}]);
    ${gather("dv", "dy", queryRow(sizes), "p", sizes)}
  }
  ${store("dv", sizes)}`
); // prettier-ignore

function sizesOf({q, k, v, mask}: Record<string, tf.Tensor>): Sizes {
  const leading = q.shape.slice(0, -2);
  const [T, d] = q.shape.slice(-2);
  const [S, e] = v.shape.slice(-2);
  return {leading, count: k.size / (S * d), T, S, d, e, mask: mask?.shape ?? [], masked: mask !== undefined};
}

const wide = ({d, e}: Sizes) => Math.max(d, e) > widest;

/** y, and log Σ exp of each query's scores. */
export function forward({q, k, v, mask}: Record<string, tf.Tensor>): tf.Tensor[] | null {
  const sizes = sizesOf({q, k, v, mask});
  if (wide(sizes)) return null;
  const {leading, count, T, e} = sizes;
  const [y, lse] = [allocate([...leading, T, e]), allocate([...leading, T])];
  run(forwardShader, sizes, [y, lse, q, k, v, ...(mask ? [mask] : [])], groupsOf(count * T, size));
  return [y, lse];
}

/** dq, dk and dv: the weights are computed again from the scores and lse. */
export function gradient({q, k, v, y, lse, dy, mask}: Record<string, tf.Tensor>): tf.Tensor[] | null {
  const sizes = sizesOf({q, k, v, mask});
  if (wide(sizes)) return null;
  const [queries, keys] = [groupsOf(sizes.count * sizes.T, size), groupsOf(sizes.count * sizes.S, size)];
  const [delta, dq, dk, dv] = [lse, q, k, v].map(({shape}) => allocate(shape));
  const last = mask ? [mask] : [];
  run(deltaShader, {...sizes, masked: false}, [delta, dy, y], queries);
  run(queryShader, sizes, [dq, q, k, v, dy, lse, delta, ...last], queries);
  run(keyShader, sizes, [dk, q, k, v, dy, lse, delta, ...last], keys);
  run(valueShader, sizes, [dv, q, k, dy, lse, ...last], keys);
  return [dq, dk, dv];
}
