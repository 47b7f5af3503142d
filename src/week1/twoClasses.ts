import type {Rng} from "../components/math/random.js";

/** Points of the plane in two classes. */
export interface TwoClasses {
  points: [number, number][];
  labels: (0 | 1)[];
}

export type Shape = "moons" | "spirals";

const place: Record<Shape, (t: number, label: number) => [number, number]> = {
  moons: (t, label) =>
    label ? [0.5 - Math.cos(Math.PI * t), 0.25 - Math.sin(Math.PI * t)] : [Math.cos(Math.PI * t) - 0.5, Math.sin(Math.PI * t) - 0.25], // prettier-ignore
  spirals(t, label) {
    const angle = 3 * Math.PI * t + Math.PI * label; // one and a half turns
    return [(0.2 + 1.2 * t) * Math.cos(angle), (0.2 + 1.2 * t) * Math.sin(angle)];
  }
};

const noise: Record<Shape, number> = {moons: 0.15, spirals: 0.06};

/** `count` noisy points of two interleaved half circles, or of two spirals; classes in turn. */
export function twoClasses(rng: Rng, shape: Shape, count: number): TwoClasses {
  const labels = Array.from({length: count}, (_, i) => (i % 2) as 0 | 1);
  const points = labels.map((label): [number, number] => {
    const [x, y] = place[shape](rng.next(), label);
    const [dx, dy] = rng.normal(2, 0, noise[shape]);
    return [x + dx, y + dy];
  });
  return {points, labels};
}
