import type {RunSpec} from "./protocol.js";

const kinds = ["constant", "cosine", "one-cycle", "trapezoid"];

/**
 * A run's description read from a file: data of the right form, or nothing.
 *
 * @throws Error that names the first field of another form.
 */
export function runSpec(text: string): RunSpec {
  const value: unknown = JSON.parse(text);
  const spec = isObject(value) ? value : {};
  const schedule = isObject(spec.schedule) ? spec.schedule : {};
  const checks: [name: string, fits: boolean, got: unknown][] = [
    ["module", typeof spec.module === "string", spec.module],
    ["config", isObject(spec.config), spec.config],
    ["seed", Number.isSafeInteger(spec.seed) && (spec.seed as number) >= 0, spec.seed],
    ["epochs", Number.isFinite(spec.epochs), spec.epochs],
    ["batch", Number.isSafeInteger(spec.batch) && (spec.batch as number) >= 1, spec.batch],
    ["schedule.kind", kinds.includes(schedule.kind as string), schedule.kind],
    ["schedule.rate", Number.isFinite(schedule.rate), schedule.rate],
    ...["warmup", "decay", "final"].map((name): [string, boolean, unknown] => {
      const value = schedule[name];
      return [`schedule.${name}`, value === undefined || Number.isFinite(value), value];
    })
  ];
  const wrong = checks.find(([, fits]) => !fits);
  if (wrong) throw new Error(`runSpec: expected another ${wrong[0]}, got ${JSON.stringify(wrong[2])?.slice(0, 60)}`);
  return spec as unknown as RunSpec;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
