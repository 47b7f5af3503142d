import {norms} from "./net.js";

/** The choices of the page's panel and of its comparisons. */
export const algorithms = ["SGD-M", "Adam", "AdamW"] as const;
export const precisions = ["float32", "float16", "float16, scaled", "float16, scaled, no master"] as const;

/** What a run of this page can choose; the learning rate and its schedule stand in the run's plan. */
export interface ModernConfig {
  algorithm: (typeof algorithms)[number];
  /** λ: coupled for SGD-M and Adam, decoupled for AdamW. */
  decay: number;
  /** ρ of SAM; 0 is without it. */
  rho: number;
  /** The gradient's norm is clipped here; 0 is without clipping. */
  clip: number;
  /** What matrices, activations and their gradients are rounded to. Emulated: all arithmetic is float32. */
  precision: (typeof precisions)[number];
  /** Steps without an overflow until the loss scale doubles. */
  interval: number;
  /** k: the loss that is differentiated is 2⁻ᵏ times the cross-entropy, as if it were one of many terms of a mean. */
  shrink: number;
  depth: number;
  width: number;
  norm: (typeof norms)[number];
}

const defaults: ModernConfig = {
  algorithm: "SGD-M",
  decay: 0,
  rho: 0,
  clip: 0,
  precision: "float32",
  interval: 20,
  shrink: 0,
  depth: 4,
  width: 64,
  norm: "none"
};

const choices = {algorithm: algorithms, precision: precisions, norm: norms} as const;
const between = {
  decay: [0, 10, false],
  rho: [0, 10, false],
  clip: [0, 1e6, false],
  interval: [1, 1e6, true],
  shrink: [0, 40, true],
  depth: [1, 40, true],
  width: [4, 256, true]
} as const;

/**
 * The configuration with the defaults for what is not named.
 *
 * @throws RangeError that names the first field that cannot be, what it may be, and what it is.
 */
export function validated(asked: Partial<ModernConfig>): ModernConfig {
  const config: ModernConfig = {...defaults, ...asked};
  const expect = (name: string, holds: boolean, what: string, got: unknown) => {
    if (!holds) throw new RangeError(`modernTraining: expected ${name} ${what}, got ${JSON.stringify(got)}`);
  };
  for (const name of Object.keys(config)) expect("only", name in defaults, Object.keys(defaults).join(", "), name);
  for (const [name, list] of Object.entries(choices)) {
    const value = config[name as keyof typeof choices];
    expect(name, (list as readonly string[]).includes(value), list.join(" or "), value);
  }
  for (const [name, [least, most, whole]] of Object.entries(between)) {
    const value = config[name as keyof typeof between];
    const holds = value >= least && value <= most && (!whole || Number.isInteger(value));
    expect(name, holds, `${whole ? "an integer" : "a number"} ${least} … ${most}`, value);
  }
  return config;
}
