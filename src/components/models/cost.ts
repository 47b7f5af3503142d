import {stages} from "./stages.js";

/** One stage's share of a network. */
export interface StageCost {
  name: string;
  /** Shape of what the stage puts out, [height, width, channels]; of the head, [classes]. */
  output: number[];
  parameters: number;
  /** Multiply-adds of convolutions and the head in one forward pass of one image; norms and activations are left out. */
  macs: number;
}

/** The options of `resnet` that change its shape. */
export interface Network {
  depth?: number;
  width?: number;
  shortcuts?: boolean;
}

/**
 * Parameters and multiply-adds of `classifier(resnet({depth, width, shortcuts}), classes)` by stage, counted from the shapes alone.
 *
 * A k × k convolution from I to O channels has k² I O weights, each used once for every pixel it puts out. A norm has 2 O
 * parameters. Depth 18, width 64, 10 classes: 11,173,962 parameters; 555,422,720 multiply-adds at 32 × 32.
 *
 * @param network as given to `resnet`.
 * @param size height and width of the image.
 * @throws RangeError as `resnet`.
 */
export function cost(
  {depth = 18, width = 64, shortcuts = true}: Network = {},
  {classes = 10, size = 32} = {}
): StageCost[] {
  const list: StageCost[] = [
    {name: "conv1", output: [size, size, width], parameters: 27 * width + 2 * width, macs: 27 * width * size ** 2}
  ];
  let side = size;
  for (const {name, blocks, inputs, channels, stride} of stages(depth, width)) {
    side = Math.floor((side - 1) / stride) + 1;
    const projects = shortcuts && (stride !== 1 || inputs !== channels);
    const weights = 9 * inputs * channels + (2 * blocks - 1) * 9 * channels ** 2 + (projects ? inputs * channels : 0);
    const norms = 2 * channels * (2 * blocks + (projects ? 1 : 0));
    list.push({name, output: [side, side, channels], parameters: weights + norms, macs: weights * side ** 2});
  }
  const features = 8 * width;
  list.push({name: "fc", output: [classes], parameters: features * classes + classes, macs: features * classes});
  return list;
}
