type Steps = Generator | AsyncGenerator;
type Make = (...values: unknown[]) => unknown;

/** Generators that only listen to an input: they end with the page, and are no cell's running. */
const listeners = new WeakSet<object>();

/** What a cell gets under a name of Framework's, so that what `view`, `Mutable` and `Generators` make is known by it. */
export function listening(name: string, value: unknown): unknown {
  if (name === "view" || name === "Mutable") return noted(value as Make);
  if (name !== "Generators") return value;
  return Object.fromEntries(Object.entries(value as Record<string, Make>).map(([key, make]) => [key, noted(make)]));
}

const noted =
  (make: Make): Make =>
  (...values) => {
    const made = make(...values);
    if (typeof made === "object" && made !== null) listeners.add(made);
    return made;
  };

/**
 * A value as it is; a generator as one that stands among the loops while it goes on, by the function that ends it, and
 * tells when it has come to its end.
 */
export function loopOf(loops: Set<() => void>, value: unknown, told: () => void): unknown {
  if (value instanceof Promise) return value.then((value) => loopOf(loops, value, told));
  if (!isSteps(value) || listeners.has(value)) return value;
  const end = () => void (value.return as (value?: unknown) => unknown)();
  const over = () => loops.delete(end) && told();
  loops.add(end);
  told();
  return {
    next(given: never) {
      const step = value.next(given);
      Promise.resolve(step).then(({done}) => done && over(), over);
      return step;
    },
    return(given: never) {
      over();
      return value.return(given);
    }
  };
}

const isSteps = (value: unknown): value is Steps =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Steps).next === "function" &&
  typeof (value as Steps).return === "function";
