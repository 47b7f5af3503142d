import {Refusal} from "./refusal.js";
import type {Place} from "./place.js";
import type {Question} from "./types/question.js";

/** What an editor asks to be done to a page, or to a component. */
export type Edit =
  | {do: "replace"; file: string; place: Place; text: string}
  | {do: "insert"; file: string; place: Place | {digest: string}; where: "above" | "below"; text: string}
  | {do: "delete" | "duplicate" | "up" | "down" | "ask"; file: string; place: Place}
  | {do: "write"; file: string; digest: string; text: string}
  | {do: "restore"; file: string; digest: string; version: string};

const digest = (value: unknown) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const id = (value: unknown) => typeof value === "string" && /^[0-9a-f]{12}(-\d+)?$/.test(value);
const text = (value: unknown) => typeof value === "string";
const side = (value: unknown) => value === "above" || value === "below";
const place = (value: unknown): boolean => {
  const it = value as Place | null;
  if (!it || !digest(it.digest)) return false;
  return id(it.id) && Number.isInteger(it.copies) && [it.above, it.below].every((side) => side === null || id(side));
};
const anchor = (value: unknown) =>
  place(value) || (digest((value as Place | null)?.digest) && !("id" in (value as Place)));

const fields: Record<Edit["do"], Record<string, (value: unknown) => boolean>> = {
  replace: {place, text},
  insert: {place: anchor, where: side, text},
  delete: {place},
  duplicate: {place},
  up: {place},
  down: {place},
  ask: {place},
  write: {digest, text},
  restore: {digest, version: digest}
};

/** A request's body as an edit. @throws Refusal that names the first field that is not what it must be. */
export function parseEdit(body: string): Edit {
  const value = parsed(body) as Record<string, unknown> | null;
  const name = value?.do;
  if (typeof name !== "string" || !Object.hasOwn(fields, name))
    throw new Refusal(400, `expected an edit to do, got ${JSON.stringify(name)}`);
  for (const [field, fits] of Object.entries({file: text, ...fields[name as Edit["do"]]}))
    if (!fits(value![field]))
      throw new Refusal(400, `${name}: expected ${field}, got ${JSON.stringify(value![field])}`);
  return value as unknown as Edit;
}

/** The name in the body of a request for a new notebook: `{"name": "week2/my-notebook"}`. */
export const parseName = (body: string): unknown => (parsed(body) as {name?: unknown} | null)?.name;

const asks = ["diagnose", "elsewhere", "complete", "describe", "hover"];
const offset = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;

/** A request's body as a question about types; the offset is 0 and the label empty where the question has none. */
export function parseQuestion(body: string): Question {
  const value: Partial<Question> = {at: 0, label: "", ...(parsed(body) as Question | null)};
  const fits: Record<keyof Question, boolean> = {
    ask: asks.includes(value.ask!),
    file: text(value.file),
    id: value.id === null || id(value.id),
    text: text(value.text),
    at: offset(value.at),
    label: text(value.label)
  };
  const wrong = (Object.keys(fits) as (keyof Question)[]).find((field) => !fits[field]);
  if (wrong)
    throw new Refusal(400, `types: expected ${wrong}, got ${String(JSON.stringify(value[wrong])).slice(0, 60)}`);
  return value as Question;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, "expected JSON, got something else");
  }
}
