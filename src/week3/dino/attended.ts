import type {Records} from "../../components/data/records.js";
import type {Images} from "../../components/plots/pixels.js";
import {scenesOf} from "../viewsConfig.js";

/** (N, heads, side, side), as `dinoLook.attention` gives it. */
export interface Attention {
  data: Float32Array;
  shape: number[];
}

/** Images, each followed by the attention maps of it, as bytes (N, H, W, 3). */
export interface Attended {
  images: Images;
  labels: string[];
  /** Of scenes: the share of the images that figures cover, and of the attention to patches that falls on them. */
  onFigure: Record<"area" | "trained" | "untrained", number> | null;
}

/**
 * Pictures of where the class token looks.
 *
 * @param shown the first test records.
 * @param known whether they are scenes, whose figures are known.
 */
export function attended(
  shown: Records,
  {trained, untrained}: Record<"trained" | "untrained", Attention>,
  known: boolean
): Attended {
  const {count, height, width, classes, labels: of} = shown;
  const bytes = height * width * 3;
  const heads = trained.shape[1];
  const data = new Uint8Array(count * (1 + 2 * heads) * bytes);
  const labels: string[] = [];
  let at = 0;
  const add = (image: Uint8Array, label: string) => {
    data.set(image, at++ * bytes);
    labels.push(label);
  };
  for (let i = 0; i < count; ++i) {
    add(shown.images.subarray(i * bytes, (i + 1) * bytes), classes[of[i]]);
    for (const [name, maps] of [
      ["head", trained],
      ["untrained", untrained]
    ] as const)
      // prettier-ignore
      for (let h = 0; h < heads; ++h) add(enlarged(mapOf(maps, i, h), height, maps.shape[2]), `${name} ${h + 1}`);
  }
  const masks = known ? scenesOf("test", count).masks : null;
  return {
    images: {data, height, width, channels: 3},
    labels,
    onFigure: masks && {
      area: masks.reduce((sum, x) => sum + x, 0) / masks.length,
      trained: share(trained, masks, height),
      untrained: share(untrained, masks, height)
    }
  };
}

function mapOf({data, shape: [, heads, side]}: Attention, image: number, head: number): Float32Array {
  const start = (image * heads + head) * side * side;
  return data.subarray(start, start + side * side);
}

/** Each patch as a square of gray, the largest weight white. */
function enlarged(map: Float32Array, size: number, side: number): Uint8Array {
  const most = Math.max(...map) || 1;
  const patch = size / side;
  return Uint8Array.from({length: size * size * 3}, (_, at) => {
    const [row, column] = [Math.floor(at / 3 / size), Math.floor(at / 3) % size];
    return (255 * map[Math.floor(row / patch) * side + Math.floor(column / patch)]) / most;
  });
}

/**
 * The mean over images and heads of the attention to patches that falls on the mask, a patch counting by its covered part.
 *
 * @param masks (N, size, size), 1 on the figure.
 */
export function share(maps: Attention, masks: Uint8Array, size: number): number {
  const [count, heads, side] = maps.shape;
  const patch = size / side;
  let total = 0;
  for (let i = 0; i < count; ++i) {
    const covered = new Float64Array(side * side);
    for (let at = 0; at < size * size; ++at) {
      const [row, column] = [Math.floor(at / size / patch), Math.floor((at % size) / patch)];
      covered[row * side + column] += masks[i * size * size + at] / patch ** 2;
    }
    for (let h = 0; h < heads; ++h) {
      const map = mapOf(maps, i, h);
      const whole = map.reduce((sum, x) => sum + x, 0);
      total += map.reduce((sum, x, p) => sum + x * covered[p], 0) / whole;
    }
  }
  return total / (count * heads);
}
