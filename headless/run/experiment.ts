import type {RunSpec} from "../../src/components/train/protocol.js";
import type {Recipe} from "../recipe.js";

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
    (all, [path, value]) => changedAt(all, path, value),
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

/** The constants that may change; of a group, those below it. Others are the recipe itself. */
const kinds: Record<string, "number" | "list" | "group"> = {
  ...{epochs: "number", batch: "number", evaluateEvery: "number", sharpness: "number", stages: "list"},
  ...{config: "group", schedule: "group"}
};

/** The recipe with another value at a path, which is a constant's name, or a group's and a constant's: `schedule.rate`. */
function changedAt(constants: Recipe, path: string, value: unknown): Recipe {
  const [first, name, ...rest] = path.split(".");
  const kind = kinds[first];
  if (!kind || rest.length || (kind === "group") !== (name !== undefined))
    throw new RangeError(
      `train: expected one of epochs, batch, evaluateEvery, sharpness, stages, config.…, schedule.…, got ${path}`
    );
  if (kind === "group") return {...constants, [first]: {...(constants[first as "config"] as object), [name]: value}};
  if (kind !== (Array.isArray(value) ? "list" : typeof value))
    throw new RangeError(`train: expected a ${kind} as ${path}, got ${JSON.stringify(value)}`);
  return {...constants, [first]: value};
}
