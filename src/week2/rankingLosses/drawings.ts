import type {Records} from "../../components/data/records.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import {type Point, seriesColor} from "../../components/plots/series.js";
import {kindOf, minus, times, triplet, tripletGradient} from "./formulas.js";

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

/** Records as images to show: grey as three channels, side by side. */
export function pairImages(records: Records) {
  const size = records.height * records.width;
  const data = new Uint8Array(records.count * size * 3);
  for (let k = 0; k < records.count * size; ++k) data.fill(255 - records.images[k], 3 * k, 3 * k + 3);
  return {data, height: records.height, width: records.width, channels: 3 as const};
}
