import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import {type Point, seriesColor} from "../../components/plots/series.js";
import type {Predicted} from "../../components/train/protocol.js";
import {principal} from "./formulas.js";

const shown = 8; // classes of a drawing

/** The first classes of an embedding: their rows, and the largest length among them. */
function firstClasses({outputs, labels}: Predicted) {
  const [, size] = outputs.shape;
  const classes = [...new Set(labels)].sort((a, b) => a - b).slice(0, shown);
  const rows = Array.from(labels).flatMap((label, i) =>
    classes.includes(label)
      ? [{kind: classes.indexOf(label), at: Array.from(outputs.data.subarray(i * size, (i + 1) * size))}]
      : []
  );
  const lengths = rows.map(({at}) => Math.hypot(...at));
  const reach = Math.max(...lengths, 1e-3);
  return {rows, reach, unit: lengths.every((length) => Math.abs(length - 1) < 1e-3)};
}

const titled = `${shown} classes that the network has not seen`;
const muted = "var(--theme-foreground-muted)";
const ring = Array.from({length: 97}, (_, k): Point => [Math.cos((2 * Math.PI * k) / 96), Math.sin((2 * Math.PI * k) / 96)]); // prettier-ignore

/** The middles of classes, numbered from 1. */
function numbers(points: {kind: number; at: Point}[]): Mark[] {
  return Array.from({length: shown}, (_, kind) => {
    const own = points.filter((point) => point.kind === kind);
    const middle = [0, 1].map((d) => own.reduce((sum, {at}) => sum + at[d] / own.length, 0)) as Point;
    return own.length ? [{kind: "text" as const, at: middle, text: String(kind + 1)}] : [];
  }).flat();
}

const dots = (points: {kind: number; at: Point}[], color = seriesColor): Mark[] =>
  Array.from({length: shown}, (_, kind): Mark => ({
    kind: "dots",
    points: points.filter((point) => point.kind === kind).map(({at}) => at),
    color: color(kind)
  }));

/**
 * The first classes of an embedding in the plane: as they are if D = 2, with the unit circle if that is where they are; else on
 * their two directions of largest variance.
 */
export function embeddingPanel(predicted: Predicted): Panel {
  const {rows, reach, unit} = firstClasses(predicted);
  const plain = predicted.outputs.shape[1] === 2;
  const flat = plain ? rows.map(({at}) => at as Point) : principal(rows.map(({at}) => at));
  const points = rows.map(({kind}, i) => ({kind, at: flat[i]}));
  const side = 1.1 * (plain ? reach : Math.max(...flat.flat().map(Math.abs), 1e-3));
  const circle: Mark[] = plain && unit ? [{kind: "curve", points: ring, color: muted, closed: true, thin: true}] : [];
  return {
    title: titled,
    x: [-side, side],
    y: [-side, side],
    draw: () => [...circle, ...dots(points), ...numbers(points)],
    describe: () =>
      `Each dot is a drawing, a number stands in the middle of its class; ${plain ? `the embedding itself, D = 2${unit ? ", on the unit circle" : ""}.` : "the two directions of largest variance of these classes."}`
  };
}

/** Where a point of space is seen from far away, and how far behind the middle it lies; angles in degrees. */
export function seen([x, y, z]: number[], {turn, tilt}: {turn: number; tilt: number}): {at: Point; depth: number} {
  const [t, f] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  const [across, away] = [x * Math.cos(t) - y * Math.sin(t), x * Math.sin(t) + y * Math.cos(t)];
  return {at: [across, z * Math.cos(f) + away * Math.sin(f)], depth: away * Math.cos(f) - z * Math.sin(f)};
}

/** Pieces of a closed line in space, in front and behind. */
function halves(line: {at: Point; depth: number}[], color: string): Mark[] {
  const pieces: {front: boolean; points: Point[]}[] = [];
  for (const {at, depth} of line) {
    const front = depth <= 0;
    const last = pieces.at(-1);
    last?.points.push(at);
    if (last?.front !== front) pieces.push({front, points: [at]});
  }
  return pieces.map(({front, points}) => ({kind: "curve", points, color, thin: true, dashed: !front}));
}

/** The first classes of an embedding with D = 3, seen from a side that the reader chooses; what lies behind is pale. */
export function spherePanel(predicted: Predicted): Panel<{turn: number; tilt: number}> {
  const {rows, reach, unit} = firstClasses(predicted);
  const circles = [0, 1, 2].map((axis) => ring.map(([u, v]) => [[0, u, v], [u, 0, v], [u, v, 0]][axis].map((c) => c * reach))); // prettier-ignore
  const outline: Mark = {kind: "curve", points: ring.map(([u, v]) => [u * reach, v * reach]), color: muted, closed: true, thin: true}; // prettier-ignore
  return {
    title: titled,
    x: [-1.1 * reach, 1.1 * reach],
    y: [-1.1 * reach, 1.1 * reach],
    draw(_, from) {
      const points = rows.map(({kind, at}) => ({kind, ...seen(at, from)}));
      const [front, behind] = [true, false].map((side) => points.filter(({depth}) => depth <= 0 === side));
      return [
        ...dots(behind, (kind) => `color-mix(in oklab, ${seriesColor(kind)} 30%, var(--theme-background))`),
        ...circles.flatMap((circle) => halves(circle.map((at) => seen(at, from)), muted)), // prettier-ignore
        outline,
        ...dots(front),
        ...numbers(points)
      ];
    },
    describe: () =>
      `Each dot is a drawing, a number stands in the middle of its class; D = 3, ${unit ? "on the unit sphere" : `in a ball of radius ${reach.toPrecision(3)}`}. Pale dots and dashed lines lie behind.`
  };
}
