/** What the reader has done, as it is kept in the browser and exported. */
export interface Progress {
  /** Days (YYYY-MM-DD) on which topics and deliverables were ticked off, by id. */
  mastered: Record<string, string>;
  exercises: Record<string, ExerciseState>;
}

export interface ExerciseState {
  solved: boolean;
  /** Hints opened. */
  hints: number;
  /** Code that the reader wrote. */
  entered?: string;
}

/** The part of `localStorage` that is used, so that tests can pass their own. */
export type Store = Pick<Storage, "getItem" | "setItem">;

const key = "progress";
const format = "deep-learning-mastery/progress";

/** What the store holds; nothing when it is empty, unreadable or blocked. */
export function readProgress(store: Store = localStorage): Progress {
  try {
    const text = store.getItem(key);
    return text === null ? {mastered: {}, exercises: {}} : parseProgress(text);
  } catch {
    return {mastered: {}, exercises: {}}; // private windows block the store: a page must still work
  }
}

/** Ticks a topic or a deliverable off, or takes the tick away. */
export function setMastered(id: string, mastered: boolean, store: Store = localStorage): void {
  const progress = readProgress(store);
  if (mastered) progress.mastered[id] = new Date().toISOString().slice(0, 10);
  else delete progress.mastered[id];
  writeProgress(progress, store);
}

/** Keeps how far the reader is with an exercise. */
export function setExercise(id: string, state: ExerciseState, store: Store = localStorage): void {
  const progress = readProgress(store);
  progress.exercises[id] = state;
  writeProgress(progress, store);
}

/** Replaces what the store holds. A full or blocked store is passed over: nothing is kept then. */
export function writeProgress(progress: Progress, store: Store = localStorage): void {
  try {
    store.setItem(key, serializeProgress(progress));
  } catch {
    // a full or blocked store: the tick holds until the page is left
  }
}

/** JSON for the store and for export. */
export function serializeProgress(progress: Progress): string {
  return JSON.stringify({format, ...progress}, null, 2);
}

/**
 * Reads exported progress.
 * @throws Error naming what is wrong: no JSON, another file, a tick without a day, a state that is none.
 */
export function parseProgress(text: string): Progress {
  let value: {format?: unknown; mastered?: unknown; exercises?: unknown};
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`parseProgress: expected JSON, got ${JSON.stringify(text.slice(0, 40))}`);
  }
  if (value?.format !== format) {
    throw new Error(`parseProgress: expected format ${format}, got ${JSON.stringify(value?.format ?? null)}`);
  }
  return {
    mastered: table(value.mastered, "mastered", "a day", isDay),
    exercises: table(value.exercises, "exercises", "{solved, hints}", isState)
  };
}

/** Both together; where both know an exercise, the solved one and the larger number of hints. */
export function mergeProgress(a: Progress, b: Progress): Progress {
  const exercises = {...a.exercises};
  for (const [id, state] of Object.entries(b.exercises)) {
    const known = exercises[id] ?? state;
    const entered = known.entered ?? state.entered;
    exercises[id] = {
      solved: known.solved || state.solved,
      hints: Math.max(known.hints, state.hints),
      ...(entered === undefined ? {} : {entered})
    };
  }
  return {mastered: {...b.mastered, ...a.mastered}, exercises};
}

function table<T>(value: unknown, name: string, what: string, valid: (x: unknown) => x is T): Record<string, T> {
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  for (const [id, x] of entries) {
    if (!valid(x)) throw new Error(`parseProgress: expected ${name}["${id}"] to be ${what}, got ${JSON.stringify(x)}`);
  }
  return Object.fromEntries(entries) as Record<string, T>;
}

function isDay(x: unknown): x is string {
  return typeof x === "string" && /^\d{4}-\d{2}-\d{2}$/.test(x);
}

function isState(x: unknown): x is ExerciseState {
  const state = x as ExerciseState | null;
  return (
    typeof state?.solved === "boolean" &&
    Number.isInteger(state.hints) &&
    state.hints >= 0 &&
    ["undefined", "string"].includes(typeof state.entered)
  );
}
