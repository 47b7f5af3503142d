/** Whether a value read from JSON has a form; throws a sentence that begins with `name` if it has another. */
export type Form = (value: unknown, name: string) => void;

/** A form from what is expected in words, and the test for it. */
export const form =
  (expected: string, holds: (value: unknown) => boolean): Form =>
  (value, name) => {
    if (!holds(value))
      throw new Error(`expected ${name} to be ${expected}, got ${JSON.stringify(value)?.slice(0, 80) ?? "nothing"}`);
  };

export const text = form("a text", (value) => typeof value === "string");
export const number = form("a finite number", (value) => Number.isFinite(value));
export const count = form("a whole number ≥ 0", (value) => Number.isSafeInteger(value) && (value as number) >= 0);
export const digest = form("a SHA-256 in hexadecimal", (value) => /^[0-9a-f]{64}$/.test(String(value)));
export const plain = form("an object", isObject);

/** An object of exactly these fields; those whose form is `optional` may be missing. */
export const object =
  (fields: Record<string, Form>): Form =>
  (value, name) => {
    plain(value, name || "the record");
    const at = (field: string) => (name ? `${name}.${field}` : field);
    for (const [field, check] of Object.entries(fields)) check((value as Record<string, unknown>)[field], at(field));
    for (const field of Object.keys(value as object))
      if (!Object.hasOwn(fields, field)) throw new Error(`expected no field ${at(field)}, got one`);
  };

/** An object whose fields may have any names. */
export const fields =
  (check: Form): Form =>
  (value, name) => {
    plain(value, name);
    for (const [field, each] of Object.entries(value as object)) check(each, `${name}.${field}`);
  };

/** An array whose elements have a form. */
export const list =
  (check: Form): Form =>
  (value, name) => {
    form("an array", Array.isArray)(value, name);
    (value as unknown[]).forEach((each, i) => check(each, `${name}[${i}]`));
  };

/** A form that may be missing. */
export const optional =
  (check: Form): Form =>
  (value, name) =>
    value === undefined || check(value, name);

/** A form or null. */
export const nullable =
  (check: Form): Form =>
  (value, name) =>
    value === null || check(value, name);

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
