import {rungs, type Taken} from "../../components/models/ladderPlan.js";

/** What a run of the architectures' page can choose. It stands in the address of the page and in every checkpoint. */
export interface ArchitectureConfig {
  data: "scenes" | "cifar10";
  /** resnet: ResNet-18; efficientnet: B0 for small images; convnext: three stages of 1, 4, 1 blocks; mbconv: a small net of MBConv blocks; ladder: between ResNet and ConvNeXt. */
  network: "resnet" | "efficientnet" | "convnext" | "mbconv" | "ladder";
  /** Channels: of the first stage, of the stem of the two with MBConv blocks, of the ladder's narrow sides. */
  width: number;
  /** φ, the exponent of compound scaling, for mbconv: depth, width and the images' side follow it. */
  phi: number;
  /** The ladder's steps taken, as a sum of 2ⁱ for step i. */
  steps: number;
  /** The probability of skipping the last block's branch. */
  dropPath: number;
  /** ε of label smoothing. */
  smoothing: number;
  /** λ of AdamW, on filters and matrices. */
  decay: number;
  /** Pad-4 crops and flips of the training images. */
  augment: "on" | "off";
  images: number;
  testImages: number;
}

const defaults: ArchitectureConfig = {
  data: "scenes",
  network: "mbconv",
  width: 16,
  phi: 0,
  steps: 0,
  dropPath: 0,
  smoothing: 0.1,
  decay: 0.05,
  augment: "on",
  images: 2000,
  testImages: 500
};

const choices = {
  data: ["scenes", "cifar10"],
  network: ["resnet", "efficientnet", "convnext", "mbconv", "ladder"],
  augment: ["on", "off"]
} as const;

const between: [name: keyof ArchitectureConfig, least: number, most: number, whole: boolean][] = [
  ["width", 1, 128, true],
  ["phi", 0, 4, false],
  ["steps", 0, 2 ** rungs.length - 1, true],
  ["dropPath", 0, 0.9, false],
  ["smoothing", 0, 0.9, false],
  ["decay", 0, 1, false],
  ["images", 1, 50_000, true],
  ["testImages", 1, 10_000, true]
];

/**
 * The configuration with the defaults for what is not named.
 *
 * @throws RangeError that names the first field that cannot be, what it may be, and what it is.
 */
export function validated(asked: Partial<ArchitectureConfig>): ArchitectureConfig {
  const named = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const config: ArchitectureConfig = {...defaults, ...named};
  for (const name of Object.keys(config))
    if (!(name in defaults))
      throw new RangeError(`architectures: expected only ${Object.keys(defaults).join(", ")}, got ${name}`);
  const expect = (name: keyof ArchitectureConfig, holds: boolean, what: string) => {
    if (!holds) throw new RangeError(`architectures: expected ${name} ${what}, got ${JSON.stringify(config[name])}`);
  };
  for (const [name, options] of Object.entries(choices))
    expect(name as keyof ArchitectureConfig, (options as readonly string[]).includes(config[name as "data"]), options.join(" or ")); // prettier-ignore
  for (const [name, least, most, whole] of between) {
    const value = config[name] as number;
    const holds = value >= least && value <= most && (!whole || Number.isInteger(value));
    expect(name, holds, `${whole ? "an integer" : "a number"} ${least} … ${most}`);
  }
  return config;
}

/** The sum of 2ⁱ as the steps it stands for. */
export const takenOf = (steps: number): Taken =>
  Object.fromEntries(rungs.map((rung, i) => [rung, Math.floor(steps / 2 ** i) % 2 === 1]));

/** The steps as one number. */
export const stepsOf = (taken: Taken): number => rungs.reduce((sum, rung, i) => sum + (taken[rung] ? 2 ** i : 0), 0);
