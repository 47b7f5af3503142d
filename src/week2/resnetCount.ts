import {stages} from "../components/models/stages.js";

/** Two ways into a ResNet: the paper's 7×7 stride-2 convolution with a max-pool, and one 3×3 convolution for small images. */
export type Stem = "7×7 and max-pool" | "3×3";

/** One stage: its output, what it costs for one image, and what one unit at its end can see. */
export interface StageCount {
  name: string;
  /** Side of the square feature map, in cells. */
  side: number;
  channels: number;
  /** Layers with weights on the main path; projections are beside it. */
  layers: number;
  parameters: number;
  /** Multiply-adds of convolutions and the head; normalisation and ReLU are left out, as is usual. */
  macs: number;
  /** Side of the square of input pixels that one unit depends on. */
  field: number;
  /** Input pixels between two neighbouring units. */
  jump: number;
}

interface Shape {
  side: number;
  channels: number;
  field: number;
  jump: number;
}

/** Output side of a convolution or pooling: ⌊(side + 2 padding − kernel) / stride⌋ + 1. */
export const outputSide = (side: number, kernel: number, stride: number, padding: number): number =>
  Math.floor((side + 2 * padding - kernel) / stride) + 1;

/** What a k × k window with a stride does to the shape: field + (k − 1) jump, jump × stride. */
const slide = (x: Shape, channels: number, kernel: number, stride: number, padding: number): Shape => ({
  side: outputSide(x.side, kernel, stride, padding),
  channels,
  field: x.field + (kernel - 1) * x.jump,
  jump: x.jump * stride
});

/** Weights k² C C′ of a bias-free convolution, its multiply-adds at each output cell, and 2 C′ of its normalisation. */
const convolution = (inputs: number, outputs: number, kernel: number, side: number) => ({
  parameters: kernel ** 2 * inputs * outputs + 2 * outputs,
  macs: kernel ** 2 * inputs * outputs * side ** 2
});

/**
 * Parameters, multiply-adds, resolution and receptive field of a ResNet of basic blocks, stage by stage.
 *
 * @param depth 10, 18 or 34 layers with weights on the main path.
 * @param width channels of the first stage; each later stage has twice as many.
 * @param options the side of the square RGB input in pixels, the stem, the classes, and whether there are shortcuts: the
 *   plain network has no projections either.
 * @throws RangeError if the depth or the width is not one of a residual network.
 */
export function countByStage(
  depth: number,
  width: number,
  {side = 32, stem = "3×3" as Stem, classes = 10, shortcuts = true} = {}
): StageCount[] {
  let x: Shape = {side, channels: 3, field: 1, jump: 1};
  const rows: StageCount[] = [];
  x = stem === "3×3" ? slide(x, width, 3, 1, 1) : slide(x, width, 7, 2, 3);
  const entry = convolution(3, width, stem === "3×3" ? 3 : 7, x.side);
  if (stem !== "3×3") x = slide(x, width, 3, 2, 1);
  rows.push({name: "stem", ...x, layers: 1, ...entry});
  for (const {name, blocks, channels, stride} of stages(depth, width)) {
    let [parameters, macs] = [0, 0];
    for (let block = 0; block < blocks; ++block) {
      const before = x;
      x = slide(x, channels, 3, block === 0 ? stride : 1, 1);
      const parts = [convolution(before.channels, channels, 3, x.side), convolution(channels, channels, 3, x.side)];
      if (shortcuts && before.channels !== channels) parts.push(convolution(before.channels, channels, 1, x.side));
      x = slide(x, channels, 3, 1, 1);
      parameters += parts.reduce((sum, part) => sum + part.parameters, 0);
      macs += parts.reduce((sum, part) => sum + part.macs, 0);
    }
    rows.push({name, ...x, layers: 2 * blocks, parameters, macs});
  }
  const weights = x.channels * classes;
  const head = {name: "mean, fc", side: 1, channels: classes, layers: 1, field: Infinity, jump: Infinity};
  rows.push({...head, parameters: weights + classes, macs: weights});
  return rows;
}

/** The sum of a column over all stages. */
export const total = (rows: StageCount[], column: "parameters" | "macs" | "layers"): number =>
  rows.reduce((sum, stage) => sum + stage[column], 0);
