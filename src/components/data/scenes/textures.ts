/** Surface patterns of two tones. */
export const TEXTURES = ["plain", "striped", "checkered", "dotted", "wavy", "mottled"] as const;

export interface Texture {
  kind: (typeof TEXTURES)[number];
  /** Pixels from one repetition to the next. */
  period: number;
  /** The direction across the stripes: a unit vector. */
  direction: [x: number, y: number];
  /** Shift along and across the direction, in periods. */
  phase: [u: number, v: number];
  /** 64 values in [0, 1): the lattice of a mottled surface. */
  lattice: ArrayLike<number>;
}

const clamp = (x: number) => (x < 0 ? 0 : x > 1 ? 1 : x);

/** Falls from 1 to 0 and rises again, once per unit. */
const triangle = (u: number) => Math.abs(2 * (u - Math.floor(u)) - 1);

/** 0 or 1 in alternate halves of each period, with an edge one pixel wide. */
const edge = (u: number, period: number) => clamp(0.5 + 0.5 * (triangle(u) - 0.5) * period);

const bands = (u: number, _v: number, period: number) => edge(u, period);

function checks(u: number, v: number, period: number): number {
  const a = edge(u, period);
  const b = edge(v, period);
  return a + b - 2 * a * b; // one or the other, not both
}

function dots(u: number, v: number, period: number): number {
  const x = (u - Math.floor(u) - 0.5) * period;
  const y = (v - Math.floor(v) - 0.5) * period;
  return clamp(0.5 + 0.33 * period - Math.sqrt(x * x + y * y));
}

/** Stripes shifted by a parabola to and fro, a period and a half long. */
function waves(u: number, v: number, period: number): number {
  const t = triangle(v / 1.5);
  return edge(u + 0.4 * t * t * (3 - 2 * t), period);
}

/** Smoothly interpolated values on a lattice of 8 × 8, repeated. */
function blotches(u: number, v: number, _period: number, lattice: ArrayLike<number>): number {
  const column = Math.floor(u);
  const row = Math.floor(v);
  const x = smooth(u - column);
  const y = smooth(v - row);
  const left = column & 7;
  const right = (column + 1) & 7;
  const above = (row & 7) * 8;
  const below = ((row + 1) & 7) * 8;
  const upper = lattice[above + left] + x * (lattice[above + right] - lattice[above + left]);
  const lower = lattice[below + left] + x * (lattice[below + right] - lattice[below + left]);
  return clamp(0.5 + 2 * (upper + y * (lower - upper) - 0.5)); // stretched: an average of four is seldom near 0 or 1
}

const smooth = (t: number) => t * t * (3 - 2 * t);

const patterns = {striped: bands, checkered: checks, dotted: dots, wavy: waves, mottled: blotches};

/**
 * How much of the second tone shows at each pixel, 0 to 1.
 *
 * @param out (size, size), overwritten.
 */
export function weave(out: Float64Array, size: number, texture: Texture): void {
  const {kind, period, direction, phase, lattice} = texture;
  if (kind === "plain") {
    out.fill(0);
    return;
  }
  const pattern = patterns[kind];
  const c = direction[0] / period;
  const s = direction[1] / period;
  for (let i = 0; i < size; ++i)
    for (let j = 0; j < size; ++j)
      out[i * size + j] = pattern(c * j + s * i + phase[0], c * i - s * j + phase[1], period, lattice);
}
