/** Some blocks of one width in a row; the first one has the stride. */
export interface MbStage {
  /** How many times as wide the block is inside as at its entrance. */
  expand: number;
  kernel: number;
  stride: number;
  channels: number;
  blocks: number;
}

/** An EfficientNet without its classes. */
export interface MbPlan {
  stem: {channels: number; stride: number};
  stages: MbStage[];
  /** Channels of the last 1 × 1 convolution. */
  head: number;
}

const stage = (expand: number, kernel: number, stride: number, channels: number, blocks: number): MbStage => ({
  expand,
  kernel,
  stride,
  channels,
  blocks
});

/** EfficientNet-B0, found by a search for accuracy at 0.4 · 10⁹ multiply-adds. Tan & Le 2019, table 1; for 224 × 224 pixels. */
export const b0: MbPlan = {
  stem: {channels: 32, stride: 2},
  stages: [
    stage(1, 3, 1, 16, 1),
    stage(6, 3, 2, 24, 2),
    stage(6, 5, 2, 40, 2),
    stage(6, 3, 2, 80, 3),
    stage(6, 5, 1, 112, 3),
    stage(6, 5, 2, 192, 4),
    stage(6, 3, 1, 320, 1)
  ],
  head: 1280
};

/** B0 for images of 32 × 32: without the first two strides, so that 4 × 4 places are left at the end instead of one. */
export const b0Small: MbPlan = {
  ...b0,
  stem: {channels: 32, stride: 1},
  stages: b0.stages.map((part, i) => (i === 1 ? {...part, stride: 1} : part))
};

/** The three factors of a compound scaling. */
export interface Factors {
  depth: number;
  width: number;
  resolution: number;
}

/** Tan & Le 2019, section 3.3: the best of a small grid at φ = 1, where α β² γ² ≈ 2. */
export const paperFactors: Factors = {depth: 1.2, width: 1.1, resolution: 1.15};

/** αᵠ, βᵠ and γᵠ: multiply-adds grow by (α β² γ²)ᵠ. Tan & Le 2019, eq. 3. */
export const compound = (phi: number, {depth, width, resolution}: Factors = paperFactors): Factors => ({
  depth: depth ** phi,
  width: width ** phi,
  resolution: resolution ** phi
});

/**
 * The nearest multiple of 8, halves upwards, but never under 90 % of the channels asked for, and at least 8.
 * The paper does not say how it rounds; this is how its authors' program does.
 */
export function rounded(channels: number): number {
  const nearest = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return nearest < 0.9 * channels ? nearest + 8 : nearest;
}

/**
 * A plan made wider and deeper: channels `rounded`, blocks rounded up.
 *
 * @throws RangeError if a factor is not positive.
 */
export function scaled(plan: MbPlan, {width, depth}: {width: number; depth: number}): MbPlan {
  for (const [name, factor] of Object.entries({width, depth}))
    if (!(factor > 0)) throw new RangeError(`scaled: expected ${name} > 0, got ${factor}`);
  return {
    stem: {...plan.stem, channels: rounded(width * plan.stem.channels)},
    stages: plan.stages.map((part) => ({
      ...part,
      channels: rounded(width * part.channels),
      blocks: Math.ceil(depth * part.blocks - 1e-9) // 1.1 · 10 is 11.000000000000002 in binary
    })),
    head: rounded(width * plan.head)
  };
}

/** Every block of a plan, in order, with the channels it is given. */
export const blocksOf = ({stem, stages}: MbPlan): (MbStage & {stage: number; index: number; inputs: number})[] =>
  stages.flatMap((part, i) =>
    Array.from({length: part.blocks}, (_, index) => ({
      ...part,
      stage: i + 1,
      index,
      stride: index ? 1 : part.stride,
      inputs: index ? part.channels : i ? stages[i - 1].channels : stem.channels
    }))
  );

/** The width between the two maps of a block's squeeze and excitation: a quarter of what the block is given. */
export const squeezedOf = (inputs: number): number => Math.max(1, Math.floor(inputs / 4));
