import type * as tf from "@tensorflow/tfjs";

type Sizes = Record<string, number>;

/**
 * Checks the shapes of a function's arguments against their axis names and returns the axes' sizes.
 *
 *   const {B, D} = shapes("ntXent", {z1: [z1, "B D"], z2: [z2, "B D"]});
 *
 * An axis is a name, whose size must agree wherever it occurs; a number; or a leading `…` for any number of axes.
 *
 * @throws RangeError `caller: expected z2 (B, D) with B = 4, D = 8, got (4, 6)`.
 */
export function shapes(caller: string, named: Record<string, [tensor: tf.Tensor, axes: string]>): Sizes {
  const sizes: Sizes = {};
  for (const [name, [{shape}, text]] of Object.entries(named)) {
    const open = text.startsWith("…");
    const axes = text.replace("…", "").trim().split(/\s+/).filter(Boolean);
    const tail = open ? shape.slice(Math.max(0, shape.length - axes.length)) : shape;
    const known = axes.filter((axis) => axis in sizes).map((axis) => `${axis} = ${sizes[axis]}`);
    const fits =
      tail.length === axes.length &&
      axes.every((axis, i) => {
        const size = /^\d+$/.test(axis) ? Number(axis) : (sizes[axis] ??= tail[i]);
        return size === tail[i];
      });
    if (!fits) {
      const expected = `(${(open ? ["…", ...axes] : axes).join(", ")})${known.length ? ` with ${known.join(", ")}` : ""}`;
      throw new RangeError(`${caller}: expected ${name} ${expected}, got (${shape.join(", ")})`);
    }
  }
  return sizes;
}

/**
 * Checks that two tensors have the same shape.
 *
 * @throws RangeError `caller: expected targets (4, 6) as predictions, got (4, 5)`.
 */
export function agree(caller: string, pair: Record<string, tf.Tensor>): void {
  const [[first, a], [second, b]] = Object.entries(pair);
  const [left, right] = [a.shape.join(", "), b.shape.join(", ")];
  if (left !== right) throw new RangeError(`${caller}: expected ${second} (${left}) as ${first}, got (${right})`);
}
