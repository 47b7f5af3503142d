/** A stage of a residual network: `blocks` basic blocks of `channels` channels; the first one has the stride. */
export interface Stage {
  name: string;
  blocks: number;
  inputs: number;
  channels: number;
  stride: number;
}

/** Basic blocks in each stage, by depth: He et al. 2016, table 1; depth 10 is the same pattern with one block each. */
export const blocksOf: Record<number, number[]> = {10: [1, 1, 1, 1], 18: [2, 2, 2, 2], 34: [3, 4, 6, 3]};

/**
 * The four stages of a residual network: widths w, 2w, 4w, 8w; each but the first halves height and width.
 *
 * @throws RangeError if the depth is not in `blocksOf`, or the width is not an integer ≥ 1.
 */
export function stages(depth: number, width: number): Stage[] {
  if (!(depth in blocksOf))
    throw new RangeError(`resnet: expected a depth of ${Object.keys(blocksOf).join(", ")}, got ${depth}`);
  if (!Number.isInteger(width) || width < 1) throw new RangeError(`resnet: expected a width ≥ 1, got ${width}`);
  return blocksOf[depth].map((blocks, i) => ({
    name: `layer${i + 1}`,
    blocks,
    inputs: width * 2 ** Math.max(0, i - 1),
    channels: width * 2 ** i,
    stride: i === 0 ? 1 : 2
  }));
}
