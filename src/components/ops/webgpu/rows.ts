import {groupsOf} from "./shader.js";

// Shaders that reduce a row: a long row takes a workgroup, whose invocations meet at barriers; a short one an invocation
// alone, which on a processor that imitates a GPU is many times faster than a barrier.

export const size = 64;

/** Invocations that share a row. */
export const teamOf = (length: number): 1 | 64 => (length > 64 ? size : 1);

/** Workgroups for so many rows. */
export const groupsForRows = (rows: number, length: number): number => groupsOf(rows * teamOf(length), size);

/** What the invocations of a row meet in. */
export const meeting = (length: number): string =>
  teamOf(length) === 1 ? "" : `var<workgroup> meeting: array<f32, ${size}>;`;

/** `row`, and its first number's place `base`. */
export const ownRow = (rows: number, length: number): string => `let row = ${teamOf(length) === 1 ? `group * ${size} + local` : "group"};
  ${teamOf(length) === 1 ? `if (row >= ${rows}) { return; }` : ""}
  let base = row * ${length};`; // prettier-ignore

/** Does something with each k of the row that is this invocation's own. */
export const each = (length: number, text: string): string =>
  `for (var k = ${teamOf(length) === 1 ? 0 : "local"}; k < ${length}; k += ${teamOf(length)}) { ${text} }`;

/** Makes a variable the same for the whole row: the sum, or the largest, of what each invocation has in it. */
export function joined(length: number, name: string, join: (a: string, b: string) => string): string {
  if (teamOf(length) === 1) return "";
  return `meeting[local] = ${name};
  workgroupBarrier();
  for (var half = ${size / 2}; half > 0; half >>= 1) {
    if (local < half) { meeting[local] = ${join("meeting[local]", "meeting[local + half]")}; }
    workgroupBarrier();
  }
  ${name} = meeting[0];
  workgroupBarrier();`;
}

/** Joins sums. */
export const added = (a: string, b: string): string => `${a} + ${b}`;
/** Joins maxima. */
export const larger = (a: string, b: string): string => `max(${a}, ${b})`;
