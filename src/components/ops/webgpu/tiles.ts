import type * as tf from "@tensorflow/tfjs";
import {allocate} from "./backend.js";
import {groupsOf, repeat, run, type Binding, type Parameters, type Shader} from "./shader.js";
import {sumOfParts} from "./sum.js";

// Matrix products whose workgroups fetch a tile of each operand into shared memory before they multiply: every number that
// is fetched serves a whole row or column of the tile. The barriers this takes cost a GPU little, and a processor that
// imitates one much; variants.ts chooses.

/** C(m, n) = Σₖ A(m, k) B(k, n) for `batch` pairs of operands: M × N results, K products to each. */
export type Extent = {batch: number; M: number; N: number; K: number};

/** The side of a square of results that a workgroup computes. */
export type Tile = 32 | 64;

/** Where an operand's numbers are. */
export interface Loader {
  /** WGSL that returns the number at (m, k) of a, or (k, n) of b, of the z-th pair; both lie inside. */
  text: string;
  /** Which index neighbours in memory differ by: invocations side by side read them together. */
  along: "depth" | "side";
}

/** A family of shaders: what differs between matrix products and convolutions. */
export interface Family<P extends Parameters> {
  name: string;
  extent: (parameters: P) => Extent;
  a: (parameters: P) => Loader;
  b: (parameters: P) => Loader;
  /** WGSL of z, m and n: the result's place in y, negative where it has none. */
  place: (parameters: P) => string;
  /** WGSL of z and k: whether all of a is 0 from k on for the next 16. */
  idle?: (parameters: P) => string | null;
}

type Shared<P> = P & {tile: number; parts: number};

const depth = 16; // products between two barriers
const each = 4; // rows and columns of results to an invocation

const bindings: Binding[] = [
  {name: "y", type: "f32", written: true},
  {name: "a", type: "f32"},
  {name: "b", type: "f32"}
];

const loader = (name: "a" | "b", side: number, K: number, tile: number, text: string) => {
  const [one, other] = name === "a" ? ["m", "k"] : ["k", "n"];
  const outside = [...(side % tile ? [`${name === "a" ? "m" : "n"} >= ${side}`] : []), ...(K % depth ? [`k >= ${K}`] : [])]; // prettier-ignore
  return `fn load_${name}(z: i32, ${one}: i32, ${other}: i32) -> f32 {
  ${outside.length ? `if (${outside.join(" || ")}) { return 0.0; }` : ""}
  ${text}
}`;
};

/** A workgroup fetches its tile of an operand. A row of the tile is one number longer than it needs, so that columns fall into different banks. */
function fetch(name: "a" | "b", along: Loader["along"], tile: number): string {
  const size = (tile / each) ** 2;
  const [inner, own] = along === "depth" ? [`f % ${depth}`, `f / ${depth}`] : [`f / ${tile}`, `f % ${tile}`];
  const where = name === "a" ? "m0 + own, k0 + inner" : "k0 + inner, n0 + own";
  return `for (var f = local; f < ${tile * depth}; f += ${size}) {
      let inner = ${inner};
      let own = ${own};
      tile_${name}[inner * ${tile + 1} + own] = load_${name}(z, ${where});
    }`;
}

function body<P extends Parameters>(family: Family<P>, parameters: Shared<P>): string {
  const {batch, M, N, K} = family.extent(parameters);
  const {tile, parts} = parameters;
  const [side, across, down] = [tile / each, groupsOf(N, tile), groupsOf(M, tile)];
  const share = depth * groupsOf(groupsOf(K, parts), depth);
  const idle = family.idle?.(parameters);
  const store = (r: number) =>
    repeat(each, (t) => `keep(z, part, m + ${r * side}, n + ${t * side}, sum${r}.${"xyzw"[t]});`);
  return `let n0 = group % ${across} * ${tile};
  let m0 = group / ${across} % ${down} * ${tile};
  let z = group / ${across * down} % ${batch};
  let part = group / ${across * down * batch};
  let n = n0 + local % ${side};
  let m = m0 + local / ${side};
  ${repeat(each, (r) => `var sum${r} = vec4f();`)}
  for (var k0 = part * ${share}; k0 < min(${K}, (part + 1) * ${share}); k0 += ${depth}) {
    ${idle ? `if (${idle.replace(/\bk\b/g, "k0")}) { continue; }` : ""}
    ${fetch("a", family.a(parameters).along, tile)}
    ${fetch("b", family.b(parameters).along, tile)}
    workgroupBarrier();
    for (var k = 0; k < ${depth}; k++) {
      let at_a = k * ${tile + 1} + local / ${side};
      let at_b = k * ${tile + 1} + local % ${side};
      let of_b = vec4f(${[0, 1, 2, 3].map((t) => `tile_b[at_b + ${t * side}]`).join(", ")});
      ${repeat(each, (r) => `sum${r} = fma(vec4f(tile_a[at_a + ${r * side}]), of_b, sum${r});`)}
    }
    workgroupBarrier();
  }
  ${repeat(each, store)}`;
}

function declarations<P extends Parameters>(family: Family<P>, parameters: Shared<P>): string {
  const {M, N, K} = family.extent(parameters);
  const {tile, parts} = parameters;
  const numbers = depth * (tile + 1);
  return `var<workgroup> tile_a: array<f32, ${numbers}>;
var<workgroup> tile_b: array<f32, ${numbers}>;
${loader("a", M, K, tile, family.a(parameters).text)}
${loader("b", N, K, tile, family.b(parameters).text)}
fn keep(z: i32, part: i32, m: i32, n: i32, value: f32) {
  if (m >= ${M} || n >= ${N}) { return; }
  let at = ${family.place(parameters)};
  if (at >= 0) { y[${parts > 1 ? `part * i32(arrayLength(&y) / ${parts}u) + ` : ""}at] = value; }
}`;
}

const shaderOf = <P extends Parameters>(family: Family<P>, tile: Tile): Shader<Shared<P>> => ({
  name: `${family.name}, tiles of ${tile}`,
  size: (tile / each) ** 2,
  bindings: () => bindings,
  declarations: (parameters) => declarations(family, parameters),
  body: (parameters) => body(family, parameters)
});

/** Shares of the depth: with few results and many products to each, workgroups share these out, and the shares are added. */
export function partsOf({batch, M, N, K}: Extent, tile: Tile): number {
  const tiles = batch * groupsOf(M, tile) * groupsOf(N, tile);
  return Math.max(1, Math.min(16, Math.ceil(128 / tiles), Math.floor(K / 256)));
}

/** The tensor of `shape` that a product of a and b makes. */
export function multiply<P extends Parameters>(
  family: Family<P>,
  parameters: P,
  [a, b]: [tf.Tensor, tf.Tensor],
  {tile, shape}: {tile: Tile; shape: number[]}
): tf.Tensor {
  const extent = family.extent(parameters);
  const parts = partsOf(extent, tile);
  const y = allocate(parts > 1 ? [parts, ...shape] : shape);
  const groups = parts * extent.batch * groupsOf(extent.M, tile) * groupsOf(extent.N, tile);
  run(shaderOf(family, tile), {...parameters, tile, parts}, [y, a, b], groups);
  return parts > 1 ? sumOfParts(y, shape) : y;
}
