import {circle} from "../../math/elementary.js";

/** The ten classes. Each stays itself under rotation: no class is another one turned. */
export const SHAPES = [
  "circle",
  "square",
  "triangle",
  "star",
  "cross",
  "ring",
  "heart",
  "crescent",
  "arrow",
  "hourglass"
] as const;

export type Shape = (typeof SHAPES)[number];

export type Point = [x: number, y: number];

/** Closed polygons; a point is inside when it lies within an odd number of them. */
export type Outline = Point[][];

const spread = (v: number, low: number, high: number) => low + (high - low) * v;

/** The n vertices of a regular polygon of circumradius r. */
const regular = (n: number, r: number): Point[] =>
  Array.from({length: n}, (_, k) => {
    const [c, s] = circle(k / n);
    return [r * c, r * s];
  });

// 24 sides: at the largest radius drawn, 9 pixels, the polygon stays within 0.08 pixels of the circle
const round = regular(24, 1);
const wave = [1, 2, 3, 4].map((n) => Array.from({length: 24}, (_, k) => circle((n * k) / 24)));
const inwards = regular(10, 1);

/** The outline of a shape at an arbitrary scale. `v` in [0, 1) varies its proportions. */
const outlines: Record<Shape, (v: number) => Outline> = {
  circle: () => [round],
  square: () => [regular(4, 1)],
  triangle(v) {
    const height = spread(v, 0.8, 1.15); // of the equilateral triangle's
    return [regular(3, 1).map(([x, y]) => [x * height, y])];
  },
  star(v) {
    const inner = spread(v, 0.42, 0.5);
    return [inwards.map(([x, y], k) => (k % 2 ? [x * inner, y * inner] : [x, y]))];
  },
  cross(v) {
    const w = spread(v, 0.27, 0.38);
    return [[[1, -w], [1, w], [w, w], [w, 1], [-w, 1], [-w, w], [-1, w], [-1, -w], [-w, -w], [-w, -1], [w, -1], [w, -w]]]; // prettier-ignore
  },
  ring(v) {
    const hole = spread(v, 0.52, 0.64);
    return [round, round.map(([x, y]) => [x * hole, y * hole])];
  },
  /** x = sin³ t, y = (13 cos t − 5 cos 2t − 2 cos 3t − cos 4t) / 16. */
  heart(v) {
    const height = spread(v, 0.92, 1.05);
    return [
      wave[0].map(([c, s], k) => [
        s * s * s,
        (-height * (13 * c - 5 * wave[1][k][0] - 2 * wave[2][k][0] - wave[3][k][0])) / 16
      ])
    ];
  },
  crescent: (v) => [crescent(spread(v, 0.3, 0.44))],
  arrow(v) {
    const w = spread(v, 0.25, 0.34);
    return [[[-1, -w], [0, -w], [0, -0.85], [1, 0], [0, 0.85], [0, w], [-1, w]]]; // prettier-ignore
  },
  hourglass(v) {
    const w = spread(v, 0.75, 0.9);
    return [[[-w, -1], [w, -1], [0.14, 0], [w, 1], [-w, 1], [-0.14, 0]]]; // prettier-ignore
  }
};

/** The unit circle from horn to horn, and back along a flatter arc that passes (−b, 0). */
function crescent(b: number): Point[] {
  const horn = 0.2; // turns
  const [x, y] = circle(horn);
  const sagitta = x + b;
  const radius = (y * y + sagitta * sagitta) / (2 * sagitta);
  const outer = Array.from({length: 17}, (_, k): Point => circle(horn + ((1 - 2 * horn) * k) / 16));
  const inner = Array.from({length: 11}, (_, k): Point => {
    const height = (y * (k - 5)) / 6;
    return [radius - b - Math.sqrt(radius * radius - height * height), height];
  });
  return [...outer, ...inner];
}

/** How a shape is drawn. */
export interface Pose {
  /** In [0, 1): the shape's own proportions. */
  proportions: number;
  /** In square pixels. All classes are drawn with the same areas, so that size never tells the class. */
  area: number;
  turns: number;
  /** Where the bounding box lies in the frame, each coordinate in [0, 1). */
  place: Point;
}

/** A shape's outline in pixels: scaled, turned, its bounding box put into the square [margin, size − margin]². */
export function outline(shape: Shape, pose: Pose, {size, margin}: {size: number; margin: number}): Outline {
  const unit = outlines[shape](pose.proportions);
  const scale = Math.sqrt(pose.area / areaOf(unit));
  const [c, s] = circle(pose.turns);
  const turned = unit.map((ring) => ring.map(([x, y]): Point => [scale * (c * x - s * y), scale * (s * x + c * y)]));
  const [dx, dy] = [0, 1].map((axis) => {
    const [low, high] = bounds(turned[0], axis);
    return margin + pose.place[axis] * (size - 2 * margin - (high - low)) - low;
  });
  return turned.map((ring) => ring.map(([x, y]): Point => [x + dx, y + dy]));
}

function bounds(ring: Point[], axis: number): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const point of ring) {
    low = Math.min(low, point[axis]);
    high = Math.max(high, point[axis]);
  }
  return [low, high];
}

/** The area of the first polygon without the others, which are holes in it: the shoelace formula. */
export function areaOf(unit: Outline): number {
  const areas = unit.map((ring) => {
    let sum = 0;
    ring.forEach(([x, y], k) => {
      const [u, w] = ring[(k + 1) % ring.length];
      sum += x * w - u * y;
    });
    return Math.abs(sum) / 2;
  });
  return areas.reduce((first, hole) => first - hole);
}
