import * as activations from "../../components/math/activations.js";
import {
  geluCurvature,
  geluSlope,
  geluTanhSlope,
  sigmoid,
  sigmoidSlope,
  tanhSlope
} from "../../components/math/activations.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import type {Draw} from "./trial.js";
import {row} from "./trial.js";
import {onDiagonal, threeWays} from "./threeWays.js";

const points = (draw: Draw) => draw.vector(5).map((x) => 2 * x);

/** The derivatives of sigmoid, tanh and GELU. */
export const functionEquations = [
  ...threeWays("sigmoid-slope", "σ(1 − σ) at five points", "σ(1 + σ)", (draw) => {
    const x = points(draw);
    const wrong = x.map((xi) => sigmoid(xi) * (1 + sigmoid(xi)));
    return {f: activations.sigmoidOn, x, jacobian: onDiagonal(x.map(sigmoidSlope)), wrong: onDiagonal(wrong)};
  }),
  row(
    "sigmoid-tanh",
    "2σ(2x) − 1 against tanh x at five points",
    "2σ(x) − 1",
    (draw) => {
      const x = points(draw);
      const by = (s: number) => x.map((xi) => 2 * sigmoid(s * xi) - 1);
      return [x.map(Math.tanh), by(2), by(1)];
    },
    1e-12
  ),
  ...threeWays("tanh-slope", "1 − tanh² at five points", "1 − tanh", (draw) => {
    const x = points(draw);
    const wrong = x.map((xi) => 1 - Math.tanh(xi));
    return {f: activations.tanhOn, x, jacobian: onDiagonal(x.map(tanhSlope)), wrong: onDiagonal(wrong)};
  }),
  ...threeWays("gelu-slope", "Φ + xφ at five points", "Φ alone", (draw) => {
    const x = points(draw);
    const wrong = x.map(activations.phi.value);
    return {f: activations.geluOn, x, jacobian: onDiagonal(x.map(geluSlope)), wrong: onDiagonal(wrong)};
  }),
  row(
    "gelu-mirror",
    "GELU′(x) + GELU′(−x) against 1 at five points",
    "GELU′(x) − GELU′(−x)",
    (draw) => {
      const x = points(draw);
      const by = (s: number) => x.map((xi) => geluSlope(xi) + s * geluSlope(-xi));
      return [x.map(() => 1), by(1), by(-1)];
    },
    1e-12
  ),
  row("gelu-curvature", "(2 − x²)φ against central differences of GELU′ at five points", "(1 − x²)φ", (draw) => {
    const x = points(draw);
    const slope = (xi: number) => numericGradient(([at]) => geluSlope(at), [xi])[0];
    const density = (xi: number) => Math.exp(-0.5 * xi * xi) / Math.sqrt(2 * Math.PI);
    return [x.map(slope), x.map(geluCurvature), x.map((xi) => geluCurvature(xi) - density(xi))];
  }),
  ...threeWays("gelu-tanh-slope", "the slope of the tanh form at five points", "the cube's 3 left out", (draw) => {
    const x = points(draw);
    const wrong = x.map((xi) => {
      const t = Math.tanh(Math.sqrt(2 / Math.PI) * (xi + 0.044715 * xi ** 3));
      return 0.5 * (1 + t) + 0.5 * xi * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 0.044715 * xi * xi);
    });
    return {f: activations.geluTanhOn, x, jacobian: onDiagonal(x.map(geluTanhSlope)), wrong: onDiagonal(wrong)};
  })
];
