import type {Panel} from "../../components/plots/plane.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";

/** How off(A) fell, in powers of ten; a diagonal matrix has none. */
export function offDiagonalPanel(history: readonly number[]): Panel {
  const points = history.flatMap((value, k): Point[] => (value > 0 ? [[k, Math.log10(value)]] : []));
  const [first, last] = [history[0], history[history.length - 1]];
  return {
    ...{x: [-1, 41], y: [-17, 2], aspect: 0.62, title: "log₁₀ off(A) over the rotations"},
    draw: () => [
      {kind: "curve", points, color: "var(--series-1)", thin: true},
      {kind: "dots", points, color: "var(--series-1)"}
    ],
    describe: () => `off(A) = ${formatNumber(last, 3)} now, ${formatNumber(first, 3)} at first.`
  };
}
