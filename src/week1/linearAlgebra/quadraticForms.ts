import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";

const reach = 3;

/**
 * The curves on which λ₁ a² + λ₂ b² = level, in axes turned by an angle: in polar coordinates r = √(level / q(φ)) wherever
 * that is real. Pieces end where they leave the drawing.
 */
export function levelCurves([first, second]: Point, angle: number, level: number): Point[][] {
  const pieces: Point[][] = [[]];
  for (let degree = 0; degree <= 360; ++degree) {
    const phi = (degree * Math.PI) / 180;
    const r = Math.sqrt(level / (first * Math.cos(phi) ** 2 + second * Math.sin(phi) ** 2));
    if (r < 3 * reach) pieces.at(-1)!.push([r * Math.cos(phi + angle), r * Math.sin(phi + angle)]);
    else if (pieces.at(-1)!.length) pieces.push([]);
  }
  return pieces.filter(({length}) => length > 1);
}

/** What the signs of two eigenvalues say of their form. */
export function definiteness([first, second]: Point): string {
  const [low, high] = [Math.min(first, second), Math.max(first, second)];
  if (low > 0) return "positive definite: a bowl, one minimum";
  if (high < 0) return "negative definite: a dome, one maximum";
  if (low < 0 && high > 0) return "indefinite: a saddle";
  if (low === 0 && high === 0) return "zero: flat";
  return low === 0 ? "positive semidefinite: a valley, a line of minima" : "negative semidefinite: a ridge, a line of maxima"; // prettier-ignore
}

/** xᵀAx and 2Ax of the form with these eigenvalues in axes turned by an angle. */
export function formAt([first, second]: Point, angle: number, [x, y]: Point): {value: number; gradient: Point} {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [a, b] = [c * x + s * y, c * y - s * x]; // Vᵀx
  return {
    value: first * a * a + second * b * b,
    gradient: [2 * (first * a * c - second * b * s), 2 * (first * a * s + second * b * c)]
  };
}

const snap = (value: number) => (Math.abs(value) < 0.06 ? 0 : value); // the axes can be hit exactly
const radians = (degrees: number) => (degrees * Math.PI) / 180;
const show = (value: number) => formatNumber(value, 3);

const regions: Mark[] = [
  {kind: "text", at: [1.1, 1.7], text: "positive definite"},
  {kind: "text", at: [-1.1, -1.7], text: "negative definite"},
  {kind: "text", at: [-1.1, 1.7], text: "indefinite"},
  {kind: "text", at: [1.1, -1.7], text: "indefinite"}
];

/** Left the plane of the two eigenvalues, right the level curves of their form with the gradient at a point. */
export const formPanels: Panel<{angle: number}>[] = [
  {
    ...{x: [-2, 2], y: [-2, 2], title: "the eigenvalues (λ₁, λ₂)"},
    handles: [
      {name: "eigenvalues λ₁ and λ₂", at: [1.5, 0.5], color: "var(--series-1)", keep: ([x, y]) => [snap(x), snap(y)]}
    ],
    draw: () => regions,
    describe: ([values]) => `λ₁ = ${show(values[0])}, λ₂ = ${show(values[1])}: ${definiteness(values)}.`
  },
  {
    ...{x: [-reach, reach], y: [-reach, reach], title: "level curves of xᵀAx, eigenvectors, gradient"},
    handles: [{name: "the point x", at: [1.2, 1.2], color: "var(--series-2)"}],
    draw([values, x], {angle}) {
      const turn = radians(angle);
      const levels = [0.25, 1, 2.25, 4, 6.25, 9, 12.25];
      const curves = [...levels, ...levels.map((level) => -level)].flatMap((level) =>
        levelCurves(values, turn, level).map((points): Mark => ({
          kind: "curve",
          points,
          thin: true,
          color: level > 0 ? "var(--series-1)" : "var(--series-4)"
        }))
      );
      const axes = [0, 1].map((i): Mark => {
        const phi = turn + (i * Math.PI) / 2;
        return {
          kind: "arrow",
          from: [0, 0],
          to: [Math.cos(phi), Math.sin(phi)],
          color: "var(--theme-foreground-muted)",
          text: ["v₁", "v₂"][i]
        };
      });
      const {gradient} = formAt(values, turn, x);
      const tip: Point = [x[0] + 0.3 * gradient[0], x[1] + 0.3 * gradient[1]];
      return [...curves, ...axes, {kind: "arrow", from: x, to: tip, color: "var(--series-2)", text: "∇"}];
    },
    describe([values, x], {angle}) {
      const {value, gradient} = formAt(values, radians(angle), x);
      const quotient = value / (x[0] ** 2 + x[1] ** 2);
      return `xᵀAx = ${show(value)}, gradient (${gradient.map(show).join(", ")}), drawn at 0.3 of its length; xᵀAx / xᵀx = ${Number.isFinite(quotient) ? show(quotient) : "undefined at 0"}, between the eigenvalues. Blue: positive levels, purple: negative.`;
    }
  }
];
