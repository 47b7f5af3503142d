/** The t-th number of a vector of `lanes`. */
export const lane = (name: string, t: number, lanes: number): string => (lanes === 1 ? name : `${name}.${"xyzw"[t]}`);

/** A statement that gives or adds a vector made of `lanes` expressions. */
export const madeOf = (lanes: number, expression: (t: number) => string, to: string): string =>
  lanes === 1
    ? `${to} ${expression(0)};`
    : `${to} vec4f(${Array.from({length: lanes}, (_, t) => expression(t)).join(", ")});`;

/** The sum of a vector's numbers. */
export const total = (name: string, lanes: number): string => (lanes === 1 ? name : `dot(${name}, vec4f(1.0))`);

/** The place in a tensor of shape `from`, broadcast to `to`, of the number whose place among those of `to` is `at`. */
export function broadcastPlace(from: number[], to: number[], at: string): string {
  const own = [...new Array<number>(to.length - from.length).fill(1), ...from];
  if (String(own) === String(to)) return at;
  const inner = (shape: number[], axis: number) => shape.slice(axis + 1).reduce((product, n) => product * n, 1);
  const terms = own.flatMap((n, axis) => (n === 1 ? [] : [`${at} / ${inner(to, axis)} % ${n} * ${inner(own, axis)}`]));
  return terms.join(" + ") || "0";
}
