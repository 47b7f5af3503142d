import {multiply, transpose, type Matrix} from "../../components/math/matrix.js";
import {powerIteration} from "../../components/math/powerIteration.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";

const angle = 0.45;
const axes: Matrix = [
  [Math.cos(angle), -Math.sin(angle)],
  [Math.sin(angle), Math.cos(angle)]
];
const steps = 24;

/** The symmetric 2 × 2 matrix with eigenvalues 1 and ratio, its first eigenvector at 0.45 radians. */
export const withRatio = (ratio: number): Matrix =>
  multiply(multiply(axes, [[1, 0], [0, ratio]]), transpose(axes)); // prettier-ignore

/** Step by step tan θ, θ the angle to v₁, and λ₁ less the Rayleigh quotient. */
export function powerErrors(ratio: number, start: Point): {tangent: number[]; value: number[]} {
  const states = powerIteration(withRatio(ratio), start, steps);
  const tangent = states.map(({vector}) => {
    const along = axes[0][0] * vector[0] + axes[1][0] * vector[1];
    const across = axes[0][1] * vector[0] + axes[1][1] * vector[1];
    return Math.abs(across / along);
  });
  return {tangent, value: states.map(({value}) => 1 - value)};
}

const curve = (errors: number[]): Point[] =>
  errors.flatMap((error, k): Point[] => (error > 1e-16 && Number.isFinite(error) ? [[k, Math.log10(error)]] : []));

const onCircle = ([x, y]: Point): Point => {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
};

/** Left the vectors that one start goes through, right both errors over the steps with what theory says. */
export const powerPanels: Panel<{ratio: number}>[] = [
  {
    ...{x: [-1.25, 1.25], y: [-1.25, 1.25], title: "v, Av / ‖Av‖, and so on"},
    handles: [
      {name: "the start v on the unit circle", at: onCircle([-0.35, 0.94]), color: "var(--series-2)", keep: onCircle}
    ],
    draw([start], {ratio}) {
      const circle = Array.from({length: 121}, (_, i): Point => [
        Math.cos((i * Math.PI) / 60),
        Math.sin((i * Math.PI) / 60)
      ]);
      const line = (j: number, text: string, side: 1 | -1): Mark[] => [
        {kind: "curve", points: [[-2 * axes[0][j], -2 * axes[1][j]], [2 * axes[0][j], 2 * axes[1][j]]], color: "var(--theme-foreground-faint)", dashed: true, thin: true},
        {kind: "text", at: [1.14 * side * axes[0][j], 1.14 * side * axes[1][j]], text}
      ]; // prettier-ignore
      const visited = powerIteration(withRatio(ratio), start, 8).map(({vector}) => vector as Point);
      return [
        {kind: "curve", points: circle, color: "var(--theme-foreground-fainter)", thin: true},
        ...line(0, "v₁", 1),
        ...line(1, "v₂", -1),
        ...visited.slice(1).map((to): Mark => ({kind: "arrow", from: [0, 0], to, color: "var(--series-1)"})),
        {kind: "arrow", from: [0, 0], to: start, color: "var(--series-2)", text: "start"}
      ];
    },
    describe: ([start], {ratio}) =>
      `λ₂/λ₁ = ${formatNumber(ratio, 3)}. The start has tan θ = ${formatNumber(powerErrors(ratio, start).tangent[0], 3)}; eight steps are drawn.`
  },
  {
    ...{x: [0, steps], y: [-16, 2], aspect: 1, title: "log₁₀ of the errors over the steps"},
    draw([start], {ratio}) {
      const {tangent, value} = powerErrors(ratio, start);
      const theory = tangent.map((_, k) => tangent[0] * Math.abs(ratio) ** k);
      return [
        {kind: "curve", points: curve(theory), color: "var(--theme-foreground)", dashed: true, thin: true},
        {kind: "dots", points: curve(tangent), color: "var(--series-1)"},
        {kind: "dots", points: curve(value), color: "var(--series-3)"}
      ];
    },
    describe([start], {ratio}) {
      const {tangent} = powerErrors(ratio, start);
      const measured = tangent[2] / tangent[1];
      return `Blue: tan θ, falling by ${formatNumber(measured, 4)} a step; dashed: the theory, |λ₂/λ₁| = ${formatNumber(Math.abs(ratio), 4)}. Green: λ₁ − vᵀAv, falling by its square.`;
    }
  }
];
