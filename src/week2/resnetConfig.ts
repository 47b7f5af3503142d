/** What a run of this page can choose. It stands in the address of the page and in every checkpoint. */
export interface ResnetConfig {
  data: "scenes" | "cifar10";
  /** 10, 18 or 34 layers with weights. */
  depth: number;
  /** Channels of the first stage. */
  width: number;
  /** Off: the plain network of the same depth. */
  shortcuts: "on" | "off";
  /** γ of each block's last norm at the start: 0 makes every block its shortcut. A plain network needs 1. */
  gamma: number;
  /** ε of label smoothing. */
  smoothing: number;
  /** SGD's look-ahead; off: momentum alone. */
  nesterov: "on" | "off";
  /** Pad-4 crops and flips of the training images. */
  augment: "on" | "off";
  /** Side of the training images; below 32 they are resized, which costs less. Tests see 32. */
  size: number;
  /** Shuffled labels carry no information about the images: what is learnt of them is memory. */
  labels: "true" | "shuffled";
  /** Training images, the first ones of the set. */
  images: number;
  /** Test images, the first ones of the set. */
  testImages: number;
}

const defaults: ResnetConfig = {
  data: "scenes",
  depth: 18,
  width: 16,
  shortcuts: "on",
  gamma: 1,
  smoothing: 0.1,
  nesterov: "on",
  augment: "on",
  size: 32,
  labels: "true",
  images: 2000,
  testImages: 1000
};

const choices: Partial<Record<keyof ResnetConfig, (string | number)[]>> = {
  data: ["scenes", "cifar10"],
  depth: [10, 18, 34],
  shortcuts: ["on", "off"],
  gamma: [0, 1],
  nesterov: ["on", "off"],
  augment: ["on", "off"],
  size: [16, 20, 24, 28, 32],
  labels: ["true", "shuffled"]
};

const most = {images: 50_000, testImages: 10_000}; // CIFAR-10's; the scenes keep to them

/**
 * The configuration with the defaults for what is not named.
 *
 * @throws RangeError that names the first field that cannot be, what it may be, and what it is.
 */
export function validated(asked: Partial<ResnetConfig>): ResnetConfig {
  const named = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const config: ResnetConfig = {...defaults, ...named};
  for (const name of Object.keys(config))
    if (!(name in defaults))
      throw new RangeError(`resnetTask: expected only ${Object.keys(defaults).join(", ")}, got ${name}`);
  for (const [name, options] of Object.entries(choices))
    expect(name, options.includes(config[name as keyof ResnetConfig]), options.join(" or "), config);
  expect(
    "width",
    Number.isInteger(config.width) && config.width >= 1 && config.width <= 256,
    "an integer 1 … 256",
    config
  );
  expect("smoothing", config.smoothing >= 0 && config.smoothing < 1, "in [0, 1)", config);
  if (config.shortcuts === "off") expect("gamma", config.gamma === 1, "1 without shortcuts", config);
  for (const name of ["images", "testImages"] as const) {
    const limit = most[name];
    const fits = Number.isInteger(config[name]) && config[name] >= 1 && config[name] <= limit;
    expect(name, fits, `an integer 1 … ${limit}`, config);
  }
  return config;
}

function expect(name: string, holds: boolean, what: string, config: ResnetConfig): void {
  const got = JSON.stringify(config[name as keyof ResnetConfig]);
  if (!holds) throw new RangeError(`resnetTask: expected ${name} ${what}, got ${got}`);
}
