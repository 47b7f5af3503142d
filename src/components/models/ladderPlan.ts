/** The steps from a residual network to a ConvNeXt, in the order of Liu et al. 2022, section 2. */
export const rungs = [
  "stages",
  "patchify",
  "depthwise",
  "width",
  "inverted",
  "first",
  "kernel",
  "gelu",
  "activations",
  "norms",
  "layerNorm",
  "downsampling"
] as const;
export type Rung = (typeof rungs)[number];
/** Which of the steps are taken: any of them, in any combination. */
export type Taken = Partial<Record<Rung, boolean>>;

/** A convolution with what follows it. One with a norm behind it has no bias: the norm's β is one. */
export interface Unit {
  depthwise: boolean;
  kernel: number;
  stride: number;
  inputs: number;
  outputs: number;
  /** (kernel − 1) / 2, or 0 for a convolution of whole patches. */
  padding: number;
  norm: "batch" | "layer" | null;
  activation: "relu" | "gelu" | null;
}

/** A residual block: y = f(units(x) + projection(x)); without a projection x itself, and f may be none. */
export interface Block {
  units: Unit[];
  projection: Unit | null;
  activation: "relu" | "gelu" | null;
}

/** `down` is what stands between stages: a norm of what comes, and a 2 × 2 convolution. */
export interface LadderPlan {
  stem: Unit;
  stages: {down: {norm: "batch" | "layer"; unit: Unit} | null; blocks: Block[]}[];
  /** Of the mean over places. */
  last: "batch" | "layer" | null;
  features: number;
}

/**
 * A small network for 32 × 32 pixels with some of the steps taken: three stages at 16 × 16, 8 × 8 and 4 × 4 places.
 *
 * - stages: 1, 4, 1 blocks instead of 2, 2, 2; paper: 3, 3, 9, 3 instead of 3, 4, 6, 3
 * - patchify: a 2 × 2 convolution with stride 2 instead of a 3 × 3 one; paper: 4 × 4 instead of 7 × 7 and a max-pool
 * - depthwise: the 3 × 3 convolutions see one channel each
 * - width: half as many channels again; paper: 96 instead of 64
 * - inverted: blocks four times as wide inside as outside, instead of a quarter
 * - first: the convolution over places stands first in its block, not between the two 1 × 1
 * - kernel: it is 7 × 7
 * - gelu: GELU instead of ReLU
 * - activations: one a block, before its last convolution, and none behind the sum
 * - norms: one a block, behind the convolution over places
 * - layerNorm: layer normalisation instead of batch normalisation
 * - downsampling: between stages a norm and a 2 × 2 convolution, a norm behind the stem and one at the end; no projections
 *
 * @param width channels of the narrow side of the first stage's blocks, before `width` is taken.
 */
export function ladderPlan(width: number, taken: Taken): LadderPlan {
  const norm = taken.layerNorm ? "layer" : "batch";
  const activation = taken.gelu ? "gelu" : "relu";
  const narrow = [1, 2, 4].map((factor) => Math.round(width * factor * (taken.width ? 1.5 : 1)));
  const outside = narrow.map((channels) => (taken.inverted ? channels : 4 * channels));
  const inside = narrow.map((channels) => (taken.inverted ? 4 * channels : channels));
  const bare = {depthwise: false, kernel: 1, stride: 1, padding: 0, norm: null, activation: null};
  const entry = taken.downsampling ? outside[0] : narrow[0];

  const block = (stage: number, inputs: number, stride: number): Block => {
    const [D, h] = [outside[stage], inside[stage]];
    const places = {...bare, depthwise: Boolean(taken.depthwise), kernel: taken.kernel ? 7 : 3, stride};
    const widths = taken.first ? [inputs, D, h, D] : [inputs, h, h, D];
    const at = taken.first ? 0 : 1; // where the convolution over places stands
    const units = [0, 1, 2].map((i): Unit => {
      const unit = i === at ? places : bare;
      const own = {inputs: widths[i], outputs: widths[i + 1], padding: (unit.kernel - 1) / 2};
      const normed = !taken.norms || i === at;
      const active = taken.activations ? i === 1 : i < 2;
      return {...unit, ...own, norm: normed ? norm : null, activation: active ? activation : null};
    });
    if (units[at].depthwise && units[at].inputs !== units[at].outputs) {
      // A depthwise convolution keeps its channels: where the block changes them, the next 1 × 1 does it.
      [units[at].outputs, units[at + 1].inputs] = [inputs, inputs];
    }
    const same = inputs === D && stride === 1;
    const projection = same ? null : {...bare, inputs, outputs: D, stride, norm} as Unit; // prettier-ignore
    return {units, projection, activation: taken.activations ? null : activation};
  };

  const counts = taken.stages ? [1, 4, 1] : [2, 2, 2];
  return {
    stem: {
      ...bare,
      ...(taken.patchify ? {kernel: 2, padding: 0} : {kernel: 3, padding: 1}),
      ...{stride: 2, inputs: 3, outputs: entry, norm, activation: taken.downsampling ? null : activation}
    },
    stages: counts.map((count, stage) => {
      const from = stage ? outside[stage - 1] : entry;
      const apart = Boolean(taken.downsampling) && stage > 0;
      const unit = {...bare, kernel: 2, stride: 2, inputs: from, outputs: outside[stage]};
      const blocks = Array.from({length: count}, (_, i) =>
        block(stage, i || apart ? outside[stage] : from, i || apart || stage === 0 ? 1 : 2)
      );
      return {down: apart ? {norm, unit} : null, blocks};
    }),
    last: taken.downsampling ? norm : null,
    features: outside[2]
  };
}
