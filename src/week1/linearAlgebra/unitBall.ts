import {apply, multiply, scale, transpose, type Matrix, determinant} from "../../components/math/matrix.js";
import {svd} from "../../components/math/svd.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";
import {type NormKind, inducedNorm, vectorNorm, worstInput} from "./norms.js";

/** The boundary of the unit ball of a norm: each direction at length one. */
export const unitBall = (kind: NormKind): Point[] =>
  Array.from({length: 240}, (_, i) => {
    const phi = (i * Math.PI) / 120;
    const length = vectorNorm([Math.cos(phi), Math.sin(phi)], kind);
    return [Math.cos(phi) / length, Math.sin(phi) / length];
  });

const rotation = (angle: number): Matrix => [
  [Math.cos(angle), -Math.sin(angle)],
  [Math.sin(angle), Math.cos(angle)]
];

/**
 * A = UΣVᵀ in slow motion: t from 0 to 1 turns by Vᵀ, from 1 to 2 stretches by Σ, from 2 to 3 turns by U. Both turns are
 * rotations; a mirror image (det A < 0) is made by stretching by −σ₂, through the flat state.
 */
export function stage(a: Matrix, t: number): Matrix {
  const {u, values, v} = svd(a);
  const [first, second] = [Math.atan2(v[1][0], v[0][0]), Math.atan2(u[1][0], u[0][0])];
  const stretch = [values[0], Math.sign(determinant(a)) * values[1]];
  const part = (from: number) => Math.min(1, Math.max(0, t - from));
  const middle = stretch.map((value, i) => [0, 1].map((j) => (i === j ? 1 + (value - 1) * part(1) : 0)));
  return multiply(rotation(second * part(2)), multiply(middle, rotation(-first * part(0))));
}

const columns = (points: Point[]): Matrix => transpose(points.slice(0, 2));
const show = (value: number) => formatNumber(value, 3);
const names = {1: "‖A‖₁", 2: "‖A‖₂", "∞": "‖A‖∞"} as const;

function axes(of: Matrix, lengths: number[], texts: string[], color: string): Mark[] {
  return lengths.map((length, i): Mark => {
    const to = of.map((row) => length * row[i]) as Point;
    return {kind: "arrow", from: [0, 0], to, color, text: texts[i]};
  });
}

/** Left the unit ball of a norm, right its image under A, whose columns are handles. */
export const ballPanels: Panel<{kind: NormKind; t: number}>[] = [
  {
    ...{x: [-1.8, 1.8], y: [-1.8, 1.8], title: "the unit ball ‖x‖ ≤ 1"},
    draw(points, {kind}) {
      const a = columns(points);
      return [
        {kind: "curve", points: unitBall(kind), color: "var(--series-1)", closed: true, filled: true},
        ...axes(svd(a).v, [1, 1], ["v₁", "v₂"], "var(--series-3)"),
        {kind: "arrow", from: [0, 0], to: worstInput(a, kind) as Point, color: "var(--series-2)", dashed: true}
      ];
    },
    describe(points, {kind}) {
      const [x, y] = worstInput(columns(points), kind);
      return `The dashed arrow x = (${show(x)}, ${show(y)}) of ${kind}-norm 1 is stretched the most.`;
    }
  },
  {
    ...{x: [-3, 3], y: [-3, 3], title: "its image under A"},
    handles: [
      {name: "first column of A, the image of e₁", at: [1.6, 0.8], color: "var(--theme-foreground)"},
      {name: "second column of A, the image of e₂", at: [-0.4, 1.2], color: "var(--theme-foreground)"}
    ],
    draw(points, {kind, t}) {
      const a = columns(points);
      const now = stage(a, t);
      const {values, u, v} = svd(a);
      const through = (list: Point[]) => list.map((x) => apply(now, x) as Point);
      const around = scale(unitBall(kind), inducedNorm(a, kind)) as Point[];
      const done = t >= 3;
      return [
        {kind: "curve", points: around, color: "var(--theme-foreground-faint)", closed: true, dashed: true, thin: true},
        {kind: "curve", points: through(unitBall(kind)), color: "var(--series-1)", closed: true, filled: true},
        ...points.map((to, i): Mark => ({
          kind: "arrow",
          from: [0, 0],
          to,
          color: "var(--theme-foreground)",
          text: ["a₁", "a₂"][i]
        })),
        ...(done
          ? axes(u, values, ["σ₁u₁", "σ₂u₂"], "var(--series-3)")
          : axes(multiply(now, v), [1, 1], ["", ""], "var(--series-3)")),
        {
          kind: "arrow",
          from: [0, 0],
          to: apply(now, worstInput(a, kind)) as Point,
          color: "var(--series-2)",
          dashed: true
        }
      ];
    },
    describe(points, {kind}) {
      const a = columns(points);
      const {values} = svd(a);
      const norms = ([1, 2, "∞"] as const).map((each) => `${names[each]} = ${show(inducedNorm(a, each))}`);
      const condition = values[1] > 1e-12 * values[0] ? show(values[0] / values[1]) : "∞";
      return `A = [${a.map((row) => row.map(show).join(", ")).join("; ")}]; ${norms.join(", ")}; σ₁ = ${show(values[0])}, σ₂ = ${show(values[1])}, det A = ${show(determinant(a))}, κ = ${condition}. The dashed ball of the same norm has radius ${names[kind]}: it just holds the image.`;
    }
  }
];
