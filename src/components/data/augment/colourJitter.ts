import type {Rng} from "../../math/random.js";
import {brightness, contrast, hue, saturation} from "./colour.js";

const changes = [brightness, contrast, saturation, hue];
const factors = changes.length - 1; // all but the hue are factors around 1

/**
 * Colour jitter of strength s: brightness, contrast, saturation and hue change one after another, in random order.
 * SimCLR, Chen et al. 2020, appendix A; s = ½ for CIFAR-10, appendix B.9.
 *
 *   factors of the first three uniform on [max(0, 1 − 0.8 s), 1 + 0.8 s],   turn of the hue uniform on [−0.2 s, 0.2 s]
 *
 * @param pixels (…, 3) on [0, 255], changed in place; as they were at s = 0.
 */
export function colourJitter(rng: Rng, pixels: Float32Array, strength: number): void {
  const spread = 0.8 * strength;
  const order = [0, 1, 2, 3];
  for (let i = factors; i > 0; --i) {
    const j = Math.floor((i + 1) * rng.next());
    [order[i], order[j]] = [order[j], order[i]];
  }
  for (const i of order) {
    const u = rng.next();
    const low = Math.max(0, 1 - spread);
    changes[i](pixels, i < factors ? low + (1 + spread - low) * u : 0.2 * strength * (2 * u - 1));
  }
}
