import {expect, test} from "vitest";
import {REACH, signedDistances} from "../../../src/components/data/scenes/raster.js";
import {areaOf, outline, SHAPES, type Outline, type Point} from "../../../src/components/data/scenes/shapes.js";

const frame = {size: 32, margin: 1};

/** Even–odd rule: the number of edges that a ray to the right crosses. */
const inside = (polygons: Outline, [x, y]: Point) =>
  polygons
    .flatMap((ring) => ring.map((a, k) => [a, ring[(k + 1) % ring.length]]))
    .filter(([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)).length %
    2 ===
  1;

/** The distance to the nearest of many points on the edges. */
const distance = (polygons: Outline, [x, y]: Point) => {
  let least = Infinity;
  for (const ring of polygons)
    ring.forEach(([ax, ay], k) => {
      const [bx, by] = ring[(k + 1) % ring.length];
      for (let t = 0; t <= 1; t += 1 / 1024)
        least = Math.min(least, Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y));
    });
  return least;
};

test.each(SHAPES)("distances to a %s are those of a search along its edges, negative inside", (shape) => {
  const drawn = outline(shape, {proportions: 0.3, area: 170, turns: 0.07, place: [0.4, 0.9]}, frame);
  const out = new Float64Array(1024);
  signedDistances(out, 32, drawn);
  let farthest = 0;
  for (let k = 0; k < 1024; k += 7) {
    const centre: Point = [(k % 32) + 0.5, Math.floor(k / 32) + 0.5];
    const expected = Math.min(REACH, distance(drawn, centre)) * (inside(drawn, centre) ? -1 : 1);
    farthest = Math.max(farthest, Math.abs(out[k] - expected));
  }
  expect(farthest).toBeLessThan(0.02); // the search has steps of up to 0.03 pixels
});

test.each(SHAPES)("a %s has the area asked for and lies in the frame, at every turn and proportion", (shape) => {
  for (const proportions of [0, 0.5, 0.99])
    for (const turns of [0, 0.1, 0.33, 0.8])
      for (const area of [61, 231]) {
        const drawn = outline(shape, {proportions, area, turns, place: [0.999, 0]}, frame);
        expect(areaOf(drawn)).toBeCloseTo(area, 9);
        const coordinates = drawn.flat(2);
        expect(Math.min(...coordinates)).toBeCloseTo(1, 9); // its top touches the margin
        expect(Math.max(...coordinates)).toBeLessThanOrEqual(31);
      }
});

test("areas are those of geometry", () => {
  expect(areaOf([[[0, 0], [2, 0], [2, 1], [0, 1]]])).toBe(2); // prettier-ignore
  expect(areaOf([[[0, 0], [3, 0], [0, 3]], [[0.5, 0.5], [1, 0.5], [0.5, 1]]])).toBeCloseTo(4.5 - 0.125, 12); // prettier-ignore
});
