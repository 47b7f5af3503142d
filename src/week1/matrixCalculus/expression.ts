import {shapeOf, type Matrix} from "../../components/math/matrix.js";
import {det, hadamard, I, inv, length, mul, power, sum, T, times, tr} from "./algebra.js";
import {formulaTokens, named} from "./formulaTokens.js";

/** Matrices by their letters; a column is (n, 1), a number (1, 1). */
export type Letters = Record<string, Matrix>;

/** A formula being read: `at` is the place of the next word. */
interface Reader {
  tokens: string[];
  at: number;
  letters: Letters;
}

/**
 * The value of a matrix formula as one writes it: `A'B'`, `-X^-T a b' X^-T`, `det(X) inv(X)'`, `|AXB| X⁻ᵀ`, `x/norm(x)`.
 * Letters side by side are multiplied, `⊙` multiplies element by element, a number multiplies anything, and I is the
 * identity of the order that fits.
 *
 * @throws RangeError at what cannot be read, at an unknown letter, and at shapes that do not fit.
 */
export function evaluateFormula(text: string, letters: Letters): Matrix {
  const reader: Reader = {tokens: formulaTokens(text), at: 0, letters};
  const value = terms(reader);
  if (reader.at < reader.tokens.length) throw new RangeError(`formula: expected the end, got ${next(reader)}`);
  return value;
}

/** A + B − C … */
function terms(reader: Reader): Matrix {
  let value = take(reader, "-") ? times(-1, factors(reader)) : factors(reader);
  for (let sign = take(reader, "+", "-"); sign; sign = take(reader, "+", "-"))
    value = plus(value, times(sign === "+" ? 1 : -1, factors(reader)));
  return value;
}

/** A B ⊙ C / d … */
function factors(reader: Reader): Matrix {
  let value = raised(reader);
  while (reader.at < reader.tokens.length && !["+", "-", ")", "bar"].includes(reader.tokens[reader.at])) {
    const sign = take(reader, "*", "⊙", "/");
    const factor = raised(reader);
    if (sign === "⊙") value = elementwise(value, factor);
    else value = product(value, sign === "/" ? [[1 / number(factor, "what is divided by")]] : factor);
  }
  return value;
}

/** Aᵀ, A⁻¹, A⁻ᵀ, Aᵏ. */
function raised(reader: Reader): Matrix {
  let value = primary(reader);
  for (; reader.tokens[reader.at]?.startsWith("^"); ++reader.at) {
    const mark = reader.tokens[reader.at].slice(1);
    const exponent = mark.endsWith("T") ? 1 : Math.abs(Number(mark));
    if (mark.endsWith("T")) value = T(value);
    if (mark.startsWith("-")) value = inv(value);
    value = power(value, exponent);
  }
  return value;
}

/** A letter, a number, a function of what stands in brackets, or a determinant between bars. */
function primary(reader: Reader): Matrix {
  const word = reader.tokens[reader.at++];
  if (word === undefined) throw new RangeError("formula: expected a letter, a number or (, got the end");
  if (word in functions || word === "(") {
    if (word !== "(") expect(reader, "(");
    const inside = terms(reader);
    expect(reader, ")");
    return functions[word]?.(inside) ?? inside;
  }
  if (word === "|") {
    const inside = terms(reader);
    expect(reader, "bar");
    return [[det(inside)]];
  }
  if (/^\d/.test(word)) return [[Number(word)]];
  const known = reader.letters[word] ?? (word === "I" ? [[1]] : undefined); // the number 1 until it meets a matrix
  if (!known)
    throw new RangeError(`formula: expected one of ${Object.keys(reader.letters).join(", ")}, got ${named(word)}`);
  return known;
}

const functions: Record<string, (a: Matrix) => Matrix> = {
  tr: (a) => [[tr(a)]],
  det: (a) => [[det(a)]],
  ln: (a) => [[Math.log(number(a, "ln"))]],
  sqrt: (a) => [[Math.sqrt(number(a, "sqrt"))]],
  norm: (a) => [[length(a)]],
  inv
};

const next = ({tokens, at}: Reader): string => (at < tokens.length ? named(tokens[at]) : "the end");

function take(reader: Reader, ...wanted: string[]): string | undefined {
  return wanted.includes(reader.tokens[reader.at]) ? reader.tokens[reader.at++] : undefined;
}

function expect(reader: Reader, wanted: string): void {
  if (!take(reader, wanted)) throw new RangeError(`formula: expected ${named(wanted)}, got ${next(reader)}`);
}

const isNumber = (a: Matrix): boolean => a.length === 1 && a[0].length === 1;

function number(a: Matrix, what: string): number {
  if (!isNumber(a)) throw new RangeError(`formula: expected a number for ${what}, got ${shapeOf(a).join(" × ")}`);
  return a[0][0];
}

const product = (a: Matrix, b: Matrix): Matrix =>
  isNumber(a) ? times(a[0][0], b) : isNumber(b) ? times(b[0][0], a) : mul(a, b);

/** A number beside a square matrix is that multiple of I. */
const spread = (a: Matrix, like: Matrix): Matrix =>
  isNumber(a) && like.length === like[0].length ? times(a[0][0], I(like.length)) : a;

const plus = (a: Matrix, b: Matrix): Matrix => sum(spread(a, b), spread(b, a));

function elementwise(a: Matrix, b: Matrix): Matrix {
  const [left, right] = [spread(a, b), spread(b, a)];
  if (shapeOf(left).join() !== shapeOf(right).join())
    throw new RangeError(`formula: expected ${shapeOf(left).join(" × ")} after ⊙, got ${shapeOf(right).join(" × ")}`);
  return hadamard(left, right);
}
