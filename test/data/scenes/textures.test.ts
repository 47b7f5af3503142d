import {expect, test} from "vitest";
import {rng} from "../../../src/components/math/random.js";
import {contrast, paint} from "../../../src/components/data/scenes/palette.js";
import {scene} from "../../../src/components/data/scenes/scene.js";
import {TEXTURES, weave, type Texture} from "../../../src/components/data/scenes/textures.js";

const texture = (kind: Texture["kind"], direction: [number, number] = [1, 0]): Texture => ({
  ...{kind, period: 8, direction, phase: [0.25, 0.25], lattice: rng(1).uniform(64)}
});

function woven(kind: Texture["kind"], direction?: [number, number]): number[][] {
  const out = new Float64Array(1024).fill(NaN);
  weave(out, 32, texture(kind, direction));
  return Array.from({length: 32}, (_, i) => [...out.subarray(32 * i, 32 * i + 32)]);
}

test.each(TEXTURES)("a %s surface shows between none and all of the second tone", (kind) => {
  const values = woven(kind).flat();
  expect(Math.min(...values)).toBe(0);
  expect(Math.max(...values)).toBe(kind === "plain" ? 0 : 1);
});

test.each(["striped", "checkered", "dotted"] as const)("a %s surface repeats after its period", (kind) => {
  const rows = woven(kind);
  for (let i = 0; i < 24; ++i)
    for (let j = 0; j < 24; ++j) {
      expect(rows[i][j + 8]).toBeCloseTo(rows[i][j], 12);
      expect(rows[i + 8][j]).toBeCloseTo(rows[i][j], 12);
    }
});

test("stripes run across their direction, half of each period in either tone", () => {
  const rows = woven("striped", [0, 1]);
  for (const row of rows) expect(new Set(row).size).toBe(1);
  const column = rows.map(([first]) => first);
  expect(column.reduce((a, b) => a + b) / 32).toBeCloseTo(0.5, 12);
});

test("half a period on, a checkered surface has the other tone", () => {
  const rows = woven("checkered");
  for (let i = 0; i < 28; ++i) for (let j = 0; j < 28; ++j) expect(rows[i][j + 4]).toBeCloseTo(1 - rows[i][j], 12);
});

test("figure and ground of every scene differ visibly in all their tones", () => {
  for (let n = 0; n < 2000; ++n) {
    const {figure, ground} = scene(rng(4).fork(n), "circle");
    expect(contrast(figure.paint, ground.paint)).toBeGreaterThanOrEqual(0.2);
  }
});

test("contrast is zero against itself and the weighted distance of the nearest tones otherwise", () => {
  const one = paint(rng(1), 0.4);
  expect(contrast(one, one)).toBe(0);
  const grey = (x: number) => [x, x, x] as [number, number, number];
  const between = contrast({word: "", tones: [grey(0), grey(0.2)]}, {word: "", tones: [grey(0.9), grey(0.5)]});
  expect(between).toBeCloseTo(0.3, 12);
});
