import {ladderPlan, type Taken, type Unit} from "../components/models/ladderPlan.js";
import {blocksOf, squeezedOf, type MbPlan} from "../components/models/mbPlan.js";
import {stages} from "../components/models/stages.js";
import type {ConvnextSize} from "../components/models/convnextSize.js";
import {outputSide} from "./resnetCount.js";

/** A layer with weights: what it costs for one image, and where on the way it stands. */
export interface LayerCount {
  stage: string;
  kind: "dense" | "depthwise" | "1 × 1" | "matrix" | "norm" | "scale";
  /** Side of the square output, in places, and its channels. */
  side: number;
  channels: number;
  parameters: number;
  /** Multiply-adds; 0 for norms and factors, as is usual. */
  macs: number;
  /** Side of the square of input pixels that one place of the main path depends on, and pixels between two places. */
  field: number;
  jump: number;
}

interface Place {
  side: number;
  field: number;
  jump: number;
}

interface Window {
  kernel: number;
  stride?: number;
  padding?: number;
}

/** Walks through a network, layer by layer. */
function walk(side: number) {
  const rows: LayerCount[] = [];
  let here: Place = {side, field: 1, jump: 1};
  const add = (
    stage: string,
    kind: LayerCount["kind"],
    channels: number,
    parameters: number,
    macs: number,
    at = here
  ) => rows.push({stage, kind, channels, parameters, macs, ...at});
  const moved = (from: Place, {kernel, stride = 1, padding = (kernel - 1) / 2}: Window): Place => ({
    side: outputSide(from.side, kernel, stride, padding),
    field: from.field + (kernel - 1) * from.jump,
    jump: from.jump * stride
  });
  return {
    rows,
    place: () => here,
    conv(stage: string, inputs: number, outputs: number, window: Window, bias = false) {
      here = moved(here, window);
      const weights = window.kernel ** 2 * inputs * outputs;
      add(
        stage,
        window.kernel === 1 ? "1 × 1" : "dense",
        outputs,
        weights + (bias ? outputs : 0),
        weights * here.side ** 2
      );
    },
    /** A 1 × 1 convolution beside the main path, from an earlier place. */
    beside(stage: string, from: Place, inputs: number, outputs: number, stride: number) {
      const at = moved(from, {kernel: 1, stride});
      add(stage, "1 × 1", outputs, inputs * outputs, inputs * outputs * at.side ** 2, at);
    },
    depthwise(stage: string, channels: number, window: Window, bias = false) {
      here = moved(here, window);
      const weights = window.kernel ** 2 * channels;
      add(stage, "depthwise", channels, weights + (bias ? channels : 0), weights * here.side ** 2);
    },
    norm: (stage: string, channels: number) => add(stage, "norm", channels, 2 * channels, 0),
    scale: (stage: string, channels: number) => add(stage, "scale", channels, channels, 0),
    /** A linear map of one vector, with a bias. */
    matrix: (stage: string, inputs: number, outputs: number) =>
      add(stage, "matrix", outputs, inputs * outputs + outputs, inputs * outputs, {
        side: 1,
        field: Infinity,
        jump: Infinity
      })
  };
}

/** A residual network of basic blocks, as `resnet` makes it, and its head. */
export function resnetLayers(depth: number, width: number, {side = 32, classes = 10} = {}): LayerCount[] {
  const way = walk(side);
  way.conv("stem", 3, width, {kernel: 3});
  way.norm("stem", width);
  for (const {name, blocks, inputs, channels, stride} of stages(depth, width))
    for (let i = 0; i < blocks; ++i) {
      const from = way.place();
      const [given, step] = i ? [channels, 1] : [inputs, stride];
      way.conv(name, given, channels, {kernel: 3, stride: step});
      way.norm(name, channels);
      way.conv(name, channels, channels, {kernel: 3});
      way.norm(name, channels);
      if (given === channels && step === 1) continue;
      way.beside(name, from, given, channels, step);
      way.norm(name, channels);
    }
  way.matrix("head", 8 * width, classes);
  return way.rows;
}

/** An EfficientNet, as `efficientnet` makes it, and its head. */
export function efficientnetLayers(plan: MbPlan, {side = 224, classes = 1000} = {}): LayerCount[] {
  const way = walk(side);
  way.conv("stem", 3, plan.stem.channels, {kernel: 3, stride: plan.stem.stride});
  way.norm("stem", plan.stem.channels);
  for (const {stage, inputs, channels, expand, kernel, stride} of blocksOf(plan)) {
    const [name, hidden, squeezed] = [`stage ${stage}`, expand * inputs, squeezedOf(inputs)];
    if (expand > 1) {
      way.conv(name, inputs, hidden, {kernel: 1});
      way.norm(name, hidden);
    }
    way.depthwise(name, hidden, {kernel, stride});
    way.norm(name, hidden);
    way.matrix(name, hidden, squeezed);
    way.matrix(name, squeezed, hidden);
    way.conv(name, hidden, channels, {kernel: 1});
    way.norm(name, channels);
  }
  way.conv("last", plan.stages.at(-1)!.channels, plan.head, {kernel: 1});
  way.norm("last", plan.head);
  way.matrix("head", plan.head, classes);
  return way.rows;
}

/** A ConvNeXt, as `convnext` makes it, and its head. */
export function convnextLayers(
  {depths, dims, patch, kernel = 7}: ConvnextSize,
  {side = 224, classes = 1000} = {}
): LayerCount[] {
  const way = walk(side);
  for (const [i, channels] of dims.entries()) {
    const name = `stage ${i + 1}`;
    if (i) way.norm(name, dims[i - 1]);
    const window = i ? {kernel: 2, stride: 2, padding: 0} : {kernel: patch, stride: patch, padding: 0};
    way.conv(i ? name : "stem", i ? dims[i - 1] : 3, channels, window, true);
    if (!i) way.norm("stem", channels);
    for (let j = 0; j < depths[i]; ++j) {
      way.depthwise(name, channels, {kernel}, true);
      way.norm(name, channels);
      way.conv(name, channels, 4 * channels, {kernel: 1}, true);
      way.conv(name, 4 * channels, channels, {kernel: 1}, true);
      way.scale(name, channels);
    }
  }
  way.norm("head", dims.at(-1)!);
  way.matrix("head", dims.at(-1)!, classes);
  return way.rows;
}

/** A network of the ladder, as `ladder` makes it, and its head. */
export function ladderLayers(width: number, taken: Taken, {side = 32, classes = 10} = {}): LayerCount[] {
  const way = walk(side);
  const plan = ladderPlan(width, taken);
  const unit = (name: string, {depthwise, inputs, outputs, norm, ...window}: Unit) => {
    if (depthwise) way.depthwise(name, outputs, window, norm === null);
    else way.conv(name, inputs, outputs, window, norm === null);
    if (norm) way.norm(name, outputs);
  };
  unit("stem", plan.stem);
  for (const [i, {down, blocks}] of plan.stages.entries()) {
    const name = `stage ${i + 1}`;
    if (down) {
      way.norm(name, down.unit.inputs);
      unit(name, down.unit);
    }
    for (const {units, projection} of blocks) {
      const from = way.place();
      for (const part of units) unit(name, part);
      if (!projection) continue;
      way.beside(name, from, projection.inputs, projection.outputs, projection.stride);
      way.norm(name, projection.outputs);
    }
  }
  if (plan.last) way.norm("head", plan.features);
  way.matrix("head", plan.features, classes);
  return way.rows;
}

/** The sum of a column. */
export const sumOf = (rows: LayerCount[], column: "parameters" | "macs"): number =>
  rows.reduce((sum, row) => sum + row[column], 0);

/** Rows of one stage added up, in the order of the stages; side, channels and field are those of its last convolution. */
export function byStage(rows: LayerCount[]): LayerCount[] {
  const names = [...new Set(rows.map(({stage}) => stage))];
  return names.map((name) => {
    const own = rows.filter(({stage}) => stage === name);
    const places = own.filter(({kind}) => kind === "dense" || kind === "depthwise" || kind === "1 × 1");
    return {...(places.at(-1) ?? own.at(-1)!), parameters: sumOf(own, "parameters"), macs: sumOf(own, "macs")};
  });
}
