import type {RunSpec} from "../src/components/train/protocol.js";
import type {Recipe} from "./recipe.js";

/** A recipe as it is run: with the command's changes, a seed and a name. */
export interface Experiment {
  /** The run's name: where its checkpoints and its record stand. */
  name: string;
  /** The recipe's name. */
  recipe: string;
  constants: Recipe;
  seed: number;
}

export interface Changes {
  name?: string;
  seed?: number;
  epochs?: number;
  batch?: number;
  width?: number;
  /** `path=value` with the path of a constant, for example `schedule.rate=0.2`; the value is JSON, or a text. */
  set?: string[];
}

/**
 * The experiment that a recipe and the command's changes make.
 *
 * @throws RangeError if a change names no constant of the recipe, or gives it another kind of value.
 */
export function experiment(recipe: string, constants: Recipe, changes: Changes = {}): Experiment {
  const {seed = 1, epochs, batch, width, set = []} = changes;
  if (!(Number.isSafeInteger(seed) && seed >= 0)) throw new RangeError(`train: expected a seed ≥ 0, got ${seed}`);
  const asked = Object.entries({epochs, batch, "config.width": width}).filter(([, value]) => value !== undefined);
  const changed = [...asked, ...set.map(assignment)].reduce(
    (all, [path, value]) => changedAt(all, path.split("."), value, path),
    constants
  );
  const wide = width !== undefined && width !== constants.config.width ? `-width-${width}` : "";
  const name = changes.name ?? `${recipe}${wide}-seed-${seed}`;
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name))
    throw new RangeError(`train: expected a name of letters a … z, digits, . and -, got ${name}`);
  return {name, recipe, constants: changed, seed};
}

/** The run as pages and checkpoints describe it. */
export const specOf = ({constants, seed}: Experiment): RunSpec => {
  const {path, config, epochs, batch, schedule} = constants;
  return {module: path, config, seed, epochs, batch, schedule};
};

function assignment(text: string): [path: string, value: unknown] {
  const [, path, value] = /^([\w.]+)=(.*)$/.exec(text) ?? [];
  if (!path) throw new RangeError(`train: expected --set path=value, got ${text}`);
  try {
    return [path, JSON.parse(value)];
  } catch {
    return [path, value];
  }
}

/** A copy with the value at the path. What the path leads through has to be there, and what it replaces is of the same kind. */
function changedAt<T extends object>(constants: T, [first, ...rest]: string[], value: unknown, path: string): T {
  const known = Object.entries(constants).filter(
    ([, constant]) => typeof constant !== "function" && !isModule(constant)
  );
  const now = Object.fromEntries(known)[first] as unknown;
  const nested = typeof now === "object" && now !== null && !Array.isArray(now);
  if (rest.length ? !nested : now !== undefined && (nested || typeof now !== typeof value))
    throw new RangeError(
      `train: expected ${path} to be a ${nested ? "group" : typeof now}, got ${JSON.stringify(value)}`
    );
  if (now === undefined && !optional.has(path) && !path.startsWith("config."))
    throw new RangeError(`train: expected one of ${known.map(([name]) => name).join(", ")}, got ${path}`);
  return {...constants, [first]: rest.length ? changedAt(now as object, rest, value, path) : value};
}

const optional = new Set(["evaluateEvery", "stages", "schedule.warmup", "schedule.final"]);

const isModule = (value: unknown) => Object.prototype.toString.call(value) === "[object Module]";
