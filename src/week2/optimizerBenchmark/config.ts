/** The algorithms that are compared. */
export const algorithms = ["sgd", "rmsprop", "adam", "adamw", "sam"] as const;
export type Algorithm = (typeof algorithms)[number];

/** What a run of the benchmark can choose; the learning rate is the schedule's. */
export interface BenchmarkConfig {
  data: "scenes" | "cifar10";
  algorithm: Algorithm;
  /** Channels of the ResNet's first stage. */
  width: number;
  depth: number;
  /** λ: coupled for sgd, rmsprop, adam and sam, decoupled for adamw. */
  decay: number;
  /** ρ of sam. */
  rho: number;
  images: number;
  testImages: number;
}

const defaults: BenchmarkConfig = {
  data: "scenes",
  algorithm: "sgd",
  width: 8,
  depth: 10,
  decay: 5e-4,
  rho: 0.05,
  images: 2000,
  testImages: 500
};

/**
 * The learning rates that each algorithm tries for 3 epochs on held-out training images: five, a factor of about √10 apart,
 * around what its paper or common use recommends, and one more beyond where the last of the five was the best (Adam's). The
 * best of them is run for 10 epochs with 3 seeds.
 */
export const ratesTried: Record<Algorithm, number[]> = {
  sgd: [0.01, 0.03, 0.1, 0.3, 1],
  rmsprop: [1e-4, 3e-4, 1e-3, 3e-3, 1e-2],
  adam: [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2],
  adamw: [3e-4, 1e-3, 3e-3, 1e-2, 3e-2],
  sam: [0.01, 0.03, 0.1, 0.3, 1]
};

/** λ of each algorithm. Decoupled decay is multiplied by the rate, so it is larger where the rate is smaller. */
export const decays: Record<Algorithm, number> = {sgd: 5e-4, rmsprop: 1e-4, adam: 1e-4, adamw: 0.05, sam: 5e-4};

const between: [name: keyof BenchmarkConfig, least: number, most: number, whole: boolean][] = [
  ["width", 1, 128, true],
  ["decay", 0, 1, false],
  ["rho", 1e-4, 1, false],
  ["images", 1, 50_000, true],
  ["testImages", 1, 10_000, true]
];

/**
 * The configuration with the defaults for what is not named; the decay is that of the algorithm unless told.
 *
 * @throws RangeError that names the first field that cannot be, what it may be, and what it is.
 */
export function validated(asked: Partial<BenchmarkConfig>): BenchmarkConfig {
  const named = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const config: BenchmarkConfig = {...defaults, ...named};
  for (const name of Object.keys(config))
    if (!(name in defaults))
      throw new RangeError(`optimizerBenchmark: expected only ${Object.keys(defaults).join(", ")}, got ${name}`);
  const expect = (name: keyof BenchmarkConfig, holds: boolean, what: string) => {
    if (!holds)
      throw new RangeError(`optimizerBenchmark: expected ${name} ${what}, got ${JSON.stringify(config[name])}`);
  };
  expect("data", ["scenes", "cifar10"].includes(config.data), "scenes or cifar10");
  expect("algorithm", algorithms.includes(config.algorithm), algorithms.join(" or "));
  expect("depth", [10, 18, 34].includes(config.depth), "10 or 18 or 34");
  for (const [name, least, most, whole] of between) {
    const value = config[name] as number;
    const holds = value >= least && value <= most && (!whole || Number.isInteger(value));
    expect(name, holds, `${whole ? "an integer" : "a number"} ${least} … ${most}`);
  }
  return asked.decay === undefined ? {...config, decay: decays[config.algorithm]} : config;
}
