/** What a field of a configuration may be. */
export interface Allowed {
  what: string;
  holds(value: unknown): boolean;
}

/** One of these. */
export const among = (...options: (string | number)[]): Allowed => ({
  what: options.join(" or "),
  holds: (value) => options.includes(value as string | number)
});

/** An integer from low to high. */
export const integer = (low: number, high: number): Allowed => ({
  what: `an integer ${low} … ${high}`,
  holds: (value) => Number.isInteger(value) && (value as number) >= low && (value as number) <= high
});

/** A number from low to high. */
export const within = (low: number, high: number): Allowed => ({
  what: `in [${low}, ${high}]`,
  holds: (value) => typeof value === "number" && value >= low && value <= high
});

/**
 * A configuration with the defaults for what is not named.
 *
 * @throws RangeError that names the first field that cannot be, what it may be, and what it is.
 */
export function checked<C extends object>(
  caller: string,
  {defaults, allowed}: {defaults: C; allowed: Record<keyof C, Allowed>},
  asked: Partial<C>
): C {
  const named = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const config = {...defaults, ...named};
  for (const [name, value] of Object.entries(config)) {
    if (!Object.hasOwn(allowed, name))
      throw new RangeError(`${caller}: expected only ${Object.keys(defaults).join(", ")}, got ${name}`);
    const {holds, what} = allowed[name as keyof C];
    if (!holds(value)) throw new RangeError(`${caller}: expected ${name} ${what}, got ${JSON.stringify(value)}`);
  }
  return config;
}
