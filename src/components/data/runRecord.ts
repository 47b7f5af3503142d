/** A training run as it was recorded: what made it, on what, and what came out. Accuracies are fractions. */
export interface RunRecord {
  /** The page's own name, then what tells its runs apart: `resnet-from-scratch-seed-1`. */
  name: string;
  /** The command that makes the run again. */
  command: string;
  seed: number;
  /** `note` says what a reader must know before comparing; empty when there is nothing. */
  data: {name: string; note: string; digest: string};
  machine: string;
  seconds: number;
  /** `testAccuracy`, `linearProbe`, `knn`, …: results by the names all records share. */
  final: Record<string, number>;
  epochs: {epoch: number; train: Record<string, number>; test: Record<string, number>}[];
}

/**
 * Reads a record from parsed JSON.
 * @throws Error naming the first field that is missing or of the wrong kind.
 */
export function parseRunRecord(value: unknown): RunRecord {
  const record = object(value, "the record");
  for (const field of ["name", "command", "machine"]) expectText(record, field);
  for (const field of ["seed", "seconds"]) expectNumber(record, field);
  const data = object(record.data, "data");
  for (const field of ["name", "note", "digest"]) expectText(data, field);
  expectNumbers(record.final, "final");
  if (!Array.isArray(record.epochs)) throw wrong("epochs", "an array", record.epochs);
  record.epochs.forEach((epoch: unknown, i) => {
    const row = object(epoch, `epochs[${i}]`);
    expectNumber(row, "epoch");
    expectNumbers(row.train, `epochs[${i}].train`);
    expectNumbers(row.test, `epochs[${i}].test`);
  });
  return value as RunRecord;
}

function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(name, "an object", value);
  return value as Record<string, unknown>;
}

function expectText(record: Record<string, unknown>, field: string): void {
  if (typeof record[field] !== "string") throw wrong(field, "a text", record[field]);
}

function expectNumber(record: Record<string, unknown>, field: string): void {
  if (!Number.isFinite(record[field])) throw wrong(field, "a finite number", record[field]);
}

function expectNumbers(value: unknown, name: string): void {
  for (const [key, x] of Object.entries(object(value, name))) {
    if (!Number.isFinite(x)) throw wrong(`${name}.${key}`, "a finite number", x);
  }
}

function wrong(name: string, expected: string, got: unknown): Error {
  return new Error(`parseRunRecord: expected ${name} to be ${expected}, got ${JSON.stringify(got) ?? "nothing"}`);
}
