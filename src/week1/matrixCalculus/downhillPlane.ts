import {apply, scale} from "../../components/math/matrix.js";
import type {Mark} from "../../components/plots/marks.js";
import {planes, type Planes} from "../../components/plots/plane.js";
import type {Point} from "../../components/plots/series.js";
import {slider} from "../../components/ui/choice.js";
import {formatNumber} from "../../components/ui/number.js";
import {downhill, formOf, level} from "./form.js";

const turn = 30;

/** The level lines of ½ xᵀAx with eigenvalues κ and 1, and at a point that the reader moves the way down and the way home. */
export function downhillPlane(): Planes<{decades: number}> {
  const [axis, start] = [formOf([10, 1], turn).axes, 10 ** 1.3];
  const worst: Point = [0, 1].map((i) => 1.5 * (axis[0][i] + Math.sqrt(start) * axis[1][i])) as Point;
  const at = scale([worst], 1 / Math.sqrt(1 + start))[0] as Point; // the worst point at the first κ
  return planes(
    [
      {
        ...{x: [-2, 2], y: [-2, 2], title: "½ xᵀAx, eigenvalues κ and 1"},
        handles: [{name: "the point x", at}],
        draw: ([x], {decades}) => [...levels(10 ** decades), ...arrows(10 ** decades, x)],
        describe: ([x], {decades}) => inWords(10 ** decades, x)
      }
    ],
    {decades: slider("log₁₀ κ", [0, 3], {value: 1.3, step: 0.1})}
  );
}

const levels = (kappa: number): Mark[] =>
  [0.1, 0.3, 0.6, 1, 1.5].map((c) => ({
    ...{kind: "curve", points: level([kappa, 1], turn, c), color: "var(--theme-foreground-faint)"},
    ...{closed: true, thin: true}
  }));

const arrows = (kappa: number, x: Point): Mark[] => [
  {kind: "arrow", from: x, to: [0, 0], color: "var(--series-1)", dashed: true, text: "−H⁻¹∇f"},
  {kind: "arrow", from: x, to: ahead(formOf([kappa, 1], turn).A, x), color: "var(--series-2)", text: "−∇f"}
];

function inWords(kappa: number, x: Point): string {
  if (x[0] === 0 && x[1] === 0) return "At the minimum the gradient is zero.";
  const cosine = downhill(formOf([kappa, 1], turn).A, [...x]);
  const angle = (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
  const least = formatNumber((2 * Math.sqrt(kappa)) / (kappa + 1), 4);
  return `κ = ${formatNumber(kappa, 3)}: the way down is ${angle.toFixed(1)}° off the way home; cosine ${formatNumber(cosine, 4)}, never below ${least}.`;
}

/** A step of fixed length along −∇f. */
function ahead(A: number[][], x: Point): Point {
  const g = apply(A, [...x]);
  const size = Math.hypot(...g) || 1;
  const [[dx, dy]] = scale([g], 0.8 / size);
  return [x[0] - dx, x[1] - dy];
}
