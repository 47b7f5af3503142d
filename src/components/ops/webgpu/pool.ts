import type * as tf from "@tensorflow/tfjs";
import type {Pooled, Windows} from "../pool.js";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, run, vector, type Shader} from "./shader.js";

const size = 64;

/** Images (N, H, W, C), windows (N, P, Q, C). */
type Sizes = {N: number; H: number; W: number; P: number; Q: number; C: number; kind: "max" | "avg"; k: number; stride: number; padding: number}; // prettier-ignore

/** Functions of a window's first row and column. */
const windowFunctions = ({H, W, C, k, kind}: Sizes) => `alias V = ${vector(lanesOf(C))};
fn inside(v: i32, u: i32) -> bool { return v >= 0 && v < ${H} && u >= 0 && u < ${W}; }
fn pixel(n: i32, v: i32, u: i32) -> V { return x[((n * ${H} + v) * ${W} + u) * ${C / lanesOf(C)} + channel]; }
var<private> channel: i32;
${kind === "max" ? `fn earlier(n: i32, top: i32, left: i32, v: i32, u: i32, most: V) -> vec4<bool> {
  var found = vec4<bool>();
  for (var b = top; b <= v; b++) {
    for (var a = left; a < select(left + ${k}, u, b == v); a++) {
      if (inside(b, a)) { found = found | vec4<bool>(${lanesOf(C) === 4 ? "pixel(n, b, a) == most" : "vec4f(pixel(n, b, a)) == vec4f(most)"}); }
    }
  }
  return found;
}` : ""}`; // prettier-ignore

const forwardShader: Shader<Sizes> = {
  name: "pooling",
  size,
  bindings: ({C}) => [
    {name: "y", type: vector(lanesOf(C)), written: true},
    {name: "x", type: vector(lanesOf(C))}
  ],
  declarations: (sizes) => windowFunctions({...sizes, kind: "avg"}),
  body({N, P, Q, C, kind, k, stride, padding}) {
    const vectors = C / lanesOf(C);
    const join = kind === "max" ? "result = max(result, pixel(n, b, a));" : "result += pixel(n, b, a);";
    return `let at = group * ${size} + local;
  if (at >= ${N * P * Q * vectors}) { return; }
  channel = at % ${vectors};
  let n = at / ${P * Q * vectors};
  let top = at / ${Q * vectors} % ${P} * ${stride} - ${padding};
  let left = at / ${vectors} % ${Q} * ${stride} - ${padding};
  var result = V(${kind === "max" ? "-3.4e38" : "0.0"});
  for (var b = top; b < top + ${k}; b++) {
    for (var a = left; a < left + ${k}; a++) { if (inside(b, a)) { ${join} } }
  }
  y[at] = result${kind === "max" ? "" : ` / ${k * k}.0`};`;
  }
};

// Each pixel asks the windows that it lies in: nothing is added up by two invocations.
const backwardShader: Shader<Sizes> = {
  name: "pooling gradient",
  size,
  bindings: ({C, kind}) =>
    ["dx", "dy", "x", ...(kind === "max" ? ["y"] : [])]
      .filter((name) => kind === "max" || name !== "x")
      .map((name) => ({name, type: vector(lanesOf(C)), written: name === "dx"})),
  declarations: (sizes) =>
    sizes.kind === "max" ? windowFunctions(sizes) : windowFunctions(sizes).replace(/fn pixel.*\n/, ""),
  body({N, H, W, P, Q, C, kind, k, stride, padding}) {
    const [vectors, lanes] = [C / lanesOf(C), lanesOf(C)];
    const first = lanes === 4 ? "(x[at] == most) & !earlier(n, top, left, v, u, most)" : "x[at] == most && !earlier(n, top, left, v, u, most).x"; // prettier-ignore
    const given = kind === "max" ? `let most = y[window]; sum += select(V(), dy[window], ${first});` : `sum += dy[window] / ${k * k}.0;`; // prettier-ignore
    return `let at = group * ${size} + local;
  if (at >= ${N * H * W * vectors}) { return; }
  channel = at % ${vectors};
  let n = at / ${H * W * vectors};
  let v = at / ${W * vectors} % ${H};
  let u = at / ${vectors} % ${W};
  var sum = V();
  for (var p = max(0, (v + ${padding} - ${k - 1} + ${stride - 1}) / ${stride}); p < min(${P}, (v + ${padding}) / ${stride} + 1); p++) {
    for (var q = max(0, (u + ${padding} - ${k - 1} + ${stride - 1}) / ${stride}); q < min(${Q}, (u + ${padding}) / ${stride} + 1); q++) {
      let top = p * ${stride} - ${padding};
      let left = q * ${stride} - ${padding};
      let window = ((n * ${P} + p) * ${Q} + q) * ${vectors} + channel;
      ${given}
    }
  }
  dx[at] = sum;`;
  }
};

function sizesOf(x: number[], y: number[], kind: "max" | "avg", {size: k, stride, padding}: Windows): Sizes {
  const [N, H, W, C] = x;
  return {N, H, W, P: y[1], Q: y[2], C, kind, k, stride, padding};
}

const groupsFor = (shape: number[]) => groupsOf(shape.reduce((product, n) => product * n, 1) / lanesOf(shape[3]), size);

/** The pooled images. */
export const forward =
  (kind: "max" | "avg") =>
  ({x}: {x: tf.Tensor}, windows: Windows): tf.Tensor | null => {
    const [batch, height, width, channels] = x.shape as number[];
    const count = (full: number) => Math.floor((full + 2 * windows.padding - windows.size) / windows.stride) + 1;
    if (x.dtype !== "float32" || x.size === 0) return null;
    const y = allocate([batch, count(height), count(width), channels]);
    run(forwardShader, sizesOf(x.shape, y.shape, kind, windows), [y, x], groupsFor(y.shape));
    return y;
  };

/** Their gradient by the images. */
export const backward =
  (kind: "max" | "avg") =>
  ({dy, x, y}: Pooled, windows: Windows): tf.Tensor | null => {
    if (dy.dtype !== "float32" || x.size === 0) return null;
    const dx = allocate(x.shape);
    const tensors = kind === "max" ? [dx, dy, x, y] : [dx, dy];
    run(backwardShader, sizesOf(x.shape, y.shape, kind, windows), tensors, groupsFor(x.shape));
    return dx;
  };
