import {REACH, signedDistances} from "./raster.js";
import {SIZE, type Scene} from "./scene.js";
import {weave} from "./textures.js";

const size = SIZE; // some loaders make every use of an import a call: the loops below keep their own
const pixels = SIZE * SIZE;
const softness = 1 / (2 * REACH);
const clamp = (x: number) => (x < 0 ? 0 : x > 1 ? 1 : x);

/** A place to draw: buffers that every image uses again. */
export function canvas(): (scene: Scene, image: Uint8Array, mask: Uint8Array) => void {
  const buffer = () => new Float64Array(pixels);
  const distance = buffer();
  const layers: Layers = {cover: buffer(), figure: buffer(), ground: buffer(), shadow: buffer(), light: buffer()};
  const grain = new Int32Array(pixels);
  return (scene, image, mask) => {
    signedDistances(distance, size, scene.outline);
    weave(layers.figure, size, scene.figure.texture);
    weave(layers.ground, size, scene.ground.texture);
    for (let k = 0; k < pixels; ++k) {
      layers.cover[k] = clamp(0.5 - distance[k]); // the edge is one pixel wide
      mask[k] = distance[k] < 0 ? 1 : 0;
    }
    illuminate(layers, distance, scene);
    scatter(grain, scene.noise[1]);
    for (let c = 0; c < 3; ++c) compose(image, c, scene, layers, grain);
  };
}

interface Layers {
  /** How much of a pixel the figure covers. */
  cover: Float64Array;
  /** How much of their second tone the surfaces show. */
  figure: Float64Array;
  ground: Float64Array;
  /** What the figure's shadow leaves of the light on the ground. */
  shadow: Float64Array;
  light: Float64Array;
}

function illuminate({shadow, light}: Layers, distance: Float64Array, scene: Scene): void {
  const [right, down, depth] = scene.shadow;
  const [level, across, along] = scene.light;
  for (let i = 0; i < size; ++i)
    for (let j = 0; j < size; ++j) {
      const y = i - down;
      const x = j - right;
      const inside = y >= 0 && x >= 0 && y < size && x < size;
      shadow[i * size + j] = inside ? 1 - depth * clamp(0.5 - distance[y * size + x] * softness) : 1;
      light[i * size + j] = level * (1 + (across * (j - 15.5) + along * (i - 15.5)) / 16);
    }
}

/** 32 random bits a pixel: xorshift, Marsaglia 2003, far cheaper than the stream that seeds it. */
function scatter(grain: Int32Array, seed: number): void {
  let bits = seed | 0;
  for (let k = 0; k < pixels; ++k) {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    grain[k] = bits;
  }
}

/** Channel c: byte = 255 · clamp(light · (ground + cover · (figure − ground)) + noise), rounded. */
function compose(image: Uint8Array, c: number, scene: Scene, layers: Layers, grain: Int32Array): void {
  const {cover, figure, ground, shadow, light} = layers;
  const [[f0, f1], [g0, g1]] = [scene.figure.paint.tones, scene.ground.paint.tones];
  const [front, frontChange] = [f0[c], f1[c] - f0[c]];
  const [back, backChange] = [g0[c], g1[c] - g0[c]];
  const amplitude = scene.noise[0] / 256;
  for (let k = 0; k < pixels; ++k) {
    const behind = shadow[k] * (back + ground[k] * backChange);
    const before = front + figure[k] * frontChange;
    const noise = (((grain[k] >>> (10 * c)) & 511) - 255.5) * amplitude; // nine bits of the pixel's 32
    image[3 * k + c] = Math.floor(255 * clamp(light[k] * (behind + cover[k] * (before - behind)) + noise) + 0.5);
  }
}
