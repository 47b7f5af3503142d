import {evaluate} from "../../components/math/field.js";
import {apply, build, dot, outer, type Vector} from "../../components/math/matrix.js";
import * as soft from "../../components/math/softmax.js";
import {hessian} from "../../components/math/tape.js";
import {minus, times} from "./algebra.js";
import {threeWays} from "./threeWays.js";
import {type Draw, gradient, row} from "./trial.js";

const logits = (draw: Draw): Vector => draw.vector(4).map((z) => 2 * z);
const distribution = (draw: Draw): Vector => soft.softmax(draw.vector(4));
const diagonalOf = (p: Vector) => build(p.length, p.length, (i, j) => (i === j ? p[i] : 0));

/** Softmax, log-sum-exp and cross-entropy. */
export const softmaxEquations = [
  row(
    "softmax-shift",
    "softmax(z + 700) against softmax(z), 4 logits",
    "one logit not shifted",
    (draw) => {
      const z = logits(draw);
      return [
        soft.softmax(z),
        soft.softmax(z.map((zi) => zi + 700)),
        soft.softmax(z.map((zi, i) => zi + (i ? 700 : 0)))
      ];
    },
    1e-12
  ),
  ...threeWays("softmax-jacobian", "(diag(p) − ppᵀ)/τ, 4 logits, τ = 0.7", "1/τ left out", (draw) => {
    const [z, temperature] = [logits(draw), 0.7];
    const jacobian = soft.softmaxJacobian(z, temperature);
    const f: typeof soft.softmaxOn = (o, x) =>
      soft.softmaxOn(
        o,
        x.map((xi) => o.over(xi, o.constant(temperature)))
      );
    return {f, x: z, jacobian, wrong: times(temperature, jacobian)};
  }),
  row(
    "softmax-null",
    "(diag(p) − ppᵀ)1 against 0, 4 logits",
    "diag(p) alone",
    (draw) => {
      const z = logits(draw);
      const ones = z.map(() => 1);
      return [z.map(() => 0), apply(soft.softmaxJacobian(z), ones), apply(diagonalOf(soft.softmax(z)), ones)];
    },
    1e-12
  ),
  row(
    "lse-shift",
    "m + ln Σ exp(z − m) against ln Σ exp z, 4 moderate logits",
    "m not added back",
    (draw) => {
      const z = logits(draw).map((zi) => zi + 5);
      const right = soft.logSumExp(z);
      return [Math.log(z.reduce((total, zi) => total + Math.exp(zi), 0)), right, right - Math.max(...z)];
    },
    1e-12
  ),
  row(
    "lse-bounds",
    "how far max z ≤ lse(z) ≤ max z + ln 4 is broken",
    "≤ max z on the right",
    (draw) => {
      const z = logits(draw);
      const [value, top] = [soft.logSumExp(z), Math.max(...z)];
      const broken = (high: number) => Math.max(0, top - value, value - high);
      return [0, broken(top + Math.log(4)), broken(top)];
    },
    1e-12
  ),
  ...threeWays("lse-gradient", "softmax(z), 4 logits", "p without its normalisation", (draw) => {
    const z = logits(draw);
    return {f: soft.logSumExpOn, x: z, jacobian: [soft.softmax(z)], wrong: [z.map(Math.exp)]};
  }),
  row(
    "lse-hessian",
    "diag(p) − ppᵀ against dual numbers through the tape, 4 logits",
    "diag(p) alone",
    (draw) => {
      const z = logits(draw);
      return [hessian(soft.logSumExpOn, z), soft.softmaxJacobian(z), diagonalOf(soft.softmax(z))];
    },
    1e-12
  ),
  row(
    "ce-logits",
    "lse(z) − yᵀz against −Σ yᵢ ln pᵢ, 4 classes",
    "+ yᵀz",
    (draw) => {
      const [z, y] = [logits(draw), distribution(draw)];
      const direct = -soft.softmax(z).reduce((total, p, i) => total + y[i] * Math.log(p), 0);
      return [direct, soft.logSumExp(z) - dot(y, z), soft.logSumExp(z) + dot(y, z)];
    },
    1e-10
  ), // ln p loses digits where p is small
  ...threeWays("ce-gradient", "p − y, 4 classes", "y − p", (draw) => {
    const [z, y] = [logits(draw), distribution(draw)];
    const right = [soft.crossEntropyGradient(z, y)];
    return {f: soft.crossEntropyOn(y), x: z, jacobian: right, wrong: times(-1, right)};
  }),
  row(
    "ce-hessian",
    "diag(p) − ppᵀ against dual numbers through the tape, 4 classes",
    "p for y in ppᵀ",
    (draw) => {
      const [z, y] = [logits(draw), distribution(draw)];
      const p = soft.softmax(z);
      const wrong = minus(diagonalOf(p), outer(p, y));
      return [hessian(soft.crossEntropyOn(y), z), soft.crossEntropyHessian(z), wrong];
    },
    1e-12
  ),
  row(
    "ce-variance",
    "vᵀHv against Σ pᵢ(vᵢ − v̄)², v̄ = Σ pᵢvᵢ",
    "v̄ the plain mean",
    (draw) => {
      const [z, v] = [logits(draw), draw.vector(4)];
      const p = soft.softmax(z);
      const by = (mean: number) => v.reduce((total, vi, i) => total + p[i] * (vi - mean) ** 2, 0);
      return [dot(v, apply(soft.crossEntropyHessian(z), v)), by(dot(p, v)), by(v.reduce((a, b) => a + b) / 4)];
    },
    1e-12
  ),
  row("ce-weights", "(p − y)xᵀ against central differences, W 3 × 3", "x(p − y)ᵀ", (draw) => {
    const [W, x, y] = [draw.matrix(3, 3), draw.vector(3), soft.softmax(draw.vector(3))];
    const right = outer(soft.crossEntropyGradient(apply(W, x), y), x);
    const loss = (W: number[][]) => evaluate(soft.crossEntropyOn(y), apply(W, x))[0];
    return [gradient(loss, W), right, right[0].map((_, j) => right.map((r) => r[j]))];
  })
];
