/** The t-th number of a vector of `lanes`. */
export const lane = (name: string, t: number, lanes: number): string => (lanes === 1 ? name : `${name}.${"xyzw"[t]}`);

/** A statement that gives or adds a vector made of `lanes` expressions. */
export const madeOf = (lanes: number, expression: (t: number) => string, to: string): string =>
  lanes === 1
    ? `${to} ${expression(0)};`
    : `${to} vec4f(${Array.from({length: lanes}, (_, t) => expression(t)).join(", ")});`;

/** The sum of a vector's numbers. */
export const total = (name: string, lanes: number): string => (lanes === 1 ? name : `dot(${name}, vec4f(1.0))`);
