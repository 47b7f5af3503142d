import {recallAtOne} from "../../components/evaluate/retrieval.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import {type Point, seriesColor} from "../../components/plots/series.js";
import type {Predicted} from "../../components/train/protocol.js";
import {ntXent, ntXentGradient, unit} from "./formulas.js";

/** Three pairs of views on a circle that are dragged; arrows show where a step of descent takes them. */
export function circlePanel(): Panel<{temperature: number}> {
  const turns = [0.05, 0.3, 0.55, 0.15, 0.42, 0.8];
  const on = (turn: number): Point => [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)];
  const ring = Array.from({length: 97}, (_, k) => on(k / 96));
  return {
    title: "drag the views: partners share a colour; arrows are the negative gradient",
    x: [-1.6, 1.6],
    y: [-1.5, 1.5],
    handles: turns.map((turn, i) => ({
      name: `view ${i < 3 ? 1 : 2} of image ${(i % 3) + 1}`,
      at: on(turn),
      color: seriesColor(i % 3),
      keep: (point: Point) => (Math.hypot(...point) > 1e-6 ? (unit(point) as Point) : on(turn))
    })),
    draw(points, {temperature}): Mark[] {
      const gradient = ntXentGradient(points, temperature);
      return [
        {kind: "curve", points: ring, color: "var(--theme-foreground-muted)", closed: true, thin: true},
        ...points.slice(0, 3).map((at, i): Mark => ({kind: "curve", points: [at, points[i + 3]], color: seriesColor(i), dashed: true})), // prettier-ignore
        ...points.map(([x, y], i): Mark => ({
          kind: "arrow",
          from: [x, y],
          to: [x - gradient[i][0], y - gradient[i][1]],
          color: seriesColor(i % 3)
        }))
      ];
    },
    describe: (points, {temperature}) =>
      `NT-Xent ${ntXent(points, temperature).toFixed(4)} nats; ln 5 = ${Math.log(5).toFixed(4)} when all are one. Arrows touch the circle: the loss does not see lengths.`
  };
}

/** How often the most similar other image, by cosine, is of the same class. */
export function likeness({outputs, labels}: Predicted): number {
  const [count, size] = outputs.shape;
  const rows = Array.from({length: count}, (_, i) => unit(Array.from(outputs.data.subarray(i * size, (i + 1) * size))));
  return recallAtOne({embeddings: {data: rows.flat(), shape: outputs.shape}, labels});
}
