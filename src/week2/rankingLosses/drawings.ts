import {nearestOthers, recallAtOne, squaredDistances, verification} from "../../components/evaluate/retrieval.js";
import type {Records} from "../../components/data/records.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import {type Point, seriesColor} from "../../components/plots/series.js";
import type {Predicted} from "../../components/train/protocol.js";
import {kindOf, minus, principal, times, triplet, tripletGradient} from "./formulas.js";

/** An anchor, a positive and a negative that are dragged; arrows show where a step of descent takes them. */
export function tripletPanel(): Panel<{margin: number}> {
  const start: Point[] = [[0, 0], [0.7, 0.4], [-0.4, 0.75]]; // prettier-ignore
  const names = ["a", "p", "n"];
  return {
    title: "drag a, p and n: arrows are a quarter of the negative gradient",
    x: [-1.6, 1.6],
    y: [-1.3, 1.3],
    handles: start.map((at, i) => ({at, name: ["anchor", "positive", "negative"][i], color: seriesColor(i)})),
    draw(points, {margin}): Mark[] {
      const [a, p, n] = points;
      const g = tripletGradient({a, p, n}, margin);
      const circle = (radius: number) => Array.from({length: 73}, (_, k): Point => [a[0] + radius * Math.cos((k * Math.PI) / 36), a[1] + radius * Math.sin((k * Math.PI) / 36)]); // prettier-ignore
      const near = Math.hypot(...minus(a, p));
      const arrows = [g.a, g.p, g.n].map((slope, i): Mark => {
        const [dx, dy] = times(slope, -0.25);
        return {kind: "arrow", from: points[i], to: [points[i][0] + dx, points[i][1] + dy], color: seriesColor(i)};
      });
      return [
        {kind: "curve", points: circle(near), color: seriesColor(1), closed: true, thin: true},
        {
          kind: "curve",
          points: circle(Math.sqrt(near * near + margin)),
          color: seriesColor(2),
          closed: true,
          dashed: true
        },
        ...arrows,
        ...points.map((at, i): Mark => ({kind: "text", at: [at[0] + 0.1, at[1] + 0.1], text: names[i]}))
      ];
    },
    describe([a, p, n], {margin}) {
      const t = {a, p, n};
      return `Loss ${triplet(t, margin).toFixed(3)}: the negative is ${kindOf(t, margin)}. Solid: as far as the positive; dashed: where the margin ends.`;
    }
  };
}

/** What an embedding of unseen classes is worth. */
export function judge({outputs, labels}: Predicted) {
  const embeddings = {data: outputs.data, shape: outputs.shape};
  const {curve, area} = verification({embeddings, labels});
  const squared = squaredDistances(embeddings);
  return {
    recall: recallAtOne({embeddings, labels}),
    area,
    curve: curve.map(({mistaken, found}): Point => [mistaken, found]),
    spread: squared.reduce((sum, d) => sum + d, 0) / squared.length
  };
}

/** Recall@1 of an embedding that knows nothing: K classes of n rows. */
export const chance = (classes: number, each: number): number => (each - 1) / (classes * each - 1);

const shown = 8; // classes of a drawing

/** The first classes of an embedding on their two directions of largest variance. */
export function embeddingPanel({outputs, labels}: Predicted): Panel {
  const [, size] = outputs.shape;
  const classes = [...new Set(labels)].sort((a, b) => a - b).slice(0, shown);
  const rows = Array.from(labels).flatMap((label, i) =>
    classes.includes(label) ? [{label, row: Array.from(outputs.data.subarray(i * size, (i + 1) * size))}] : []
  );
  const flat = principal(rows.map(({row}) => row));
  const reach = 1.1 * Math.max(...flat.flat().map(Math.abs), 1e-3);
  return {
    title: `${shown} classes that the network has not seen`,
    x: [-reach, reach],
    y: [-reach, reach],
    draw: () =>
      classes.flatMap((label, k): Mark[] => {
        const points = flat.filter((_, i) => rows[i].label === label);
        const middle: Point = [0, 1].map((d) => points.reduce((sum, p) => sum + p[d] / points.length, 0)) as Point;
        const color = seriesColor(k);
        return [{kind: "dots", points, color}, {kind: "text", at: middle, text: String(k + 1)}]; // prettier-ignore
      }),
    describe: () =>
      "Each dot is a drawing, a number stands in the middle of its class; the two directions of largest variance of these classes."
  };
}

/** Drawings beside their nearest others, where that one is of another class; the first `count`. */
export function confused({outputs, labels}: Predicted, count: number): [row: number, nearest: number][] {
  const nearest = nearestOthers({data: outputs.data, shape: outputs.shape});
  return Array.from(nearest)
    .flatMap((j, i): [number, number][] => (labels[i] === labels[j] ? [] : [[i, j]]))
    .slice(0, count);
}

/** Records as images to show: grey as three channels, side by side. */
export function pairImages(records: Records) {
  const size = records.height * records.width;
  const data = new Uint8Array(records.count * size * 3);
  for (let k = 0; k < records.count * size; ++k) data.fill(255 - records.images[k], 3 * k, 3 * k + 3);
  return {data, height: records.height, width: records.width, channels: 3 as const};
}
