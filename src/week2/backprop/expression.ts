import type {Differentiable, Field, Primitive} from "../../components/math/field.js";
import {cos, exp, log, relu, sigmoid, sin, sqrt, tanh} from "../../components/math/primitives.js";

/** A formula as a tree. */
type Term =
  | {kind: "number"; value: number}
  | {kind: "name"; name: string}
  | {kind: "call"; f: Primitive; x: Term}
  | {kind: "power"; x: Term; n: number}
  | {kind: "plus" | "minus" | "times" | "over"; a: Term; b: Term};

/** A function of the numbers it names, in the order in which they appear. */
export interface Expression {
  names: string[];
  f: Differentiable;
}

const functions: Record<string, Primitive> = {exp, ln: log, sqrt, sin, cos, tanh, sigmoid, relu};
const word = /\s*([A-Za-z][A-Za-z0-9]*|\d+(?:\.\d+)?|[-+*/^()=;−·])/y;

/**
 * Reads `1 / (1 + exp(-(w*x + b)))`, or with names for parts, `a = x*y; a*a + a`. Signs are + − * / ^ (a whole exponent from
 * 1 to 9), functions exp, ln, sqrt, sin, cos, tanh, sigmoid, relu.
 *
 * @throws RangeError that says what stands where something else was expected.
 */
export function readExpression(text: string): Expression {
  const reader = readerOf(tokensOf(text));
  const parts: [name: string, term: Term][] = [];
  while (reader.ahead(1) === "=") {
    const name = reader.take();
    reader.take();
    parts.push([name, sum(reader)]);
    reader.expect(";");
  }
  const last = sum(reader);
  if (reader.ahead() !== undefined) throw new RangeError(`formula: expected the end, got ${reader.ahead()}`);
  const named = new Set<string>();
  const free = new Set<string>();
  for (const [name, term] of [...parts, ["", last] as const]) {
    namesIn(term).forEach((each) => named.has(each) || free.add(each));
    named.add(name);
  }
  const names = [...free];
  if (!names.length) throw new RangeError("formula: expected a letter to differentiate by, got none");
  const f: Differentiable = <S>(o: Field<S>, x: S[]) => {
    const known = new Map(names.map((name, i) => [name, x[i]]));
    for (const [name, term] of parts) known.set(name, compute(o, term, known));
    return [compute(o, last, known)];
  };
  return {names, f};
}

/** The tokens in order, one after another. */
interface Reader {
  /** The next token, or a later one; undefined behind the last. */
  ahead: (by?: number) => string | undefined;
  take: () => string;
  /** Takes this token. @throws RangeError that names what stands there instead. */
  expect: (token: string) => void;
}

function readerOf(tokens: string[]): Reader {
  let at = 0;
  const ahead = (by = 0): string | undefined => tokens[at + by];
  return {
    ahead,
    take() {
      const token = ahead();
      if (token === undefined) throw new RangeError("formula: expected something more, got the end");
      at += 1;
      return token;
    },
    expect(token) {
      const got = ahead();
      if (got !== token) throw new RangeError(`formula: expected ${token}, got ${got ?? "the end"}`);
      at += 1;
    }
  };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (word.lastIndex = 0; text.slice(word.lastIndex).trim();) {
    const from = word.lastIndex;
    const found = word.exec(text);
    if (!found) throw new RangeError(`formula: expected letters, numbers and signs, got ${text.slice(from).trim()[0]}`);
    tokens.push(found[1].replace("−", "-").replace("·", "*"));
  }
  return tokens;
}

function sum(reader: Reader): Term {
  let a = product(reader);
  for (let sign = reader.ahead(); sign === "+" || sign === "-"; sign = reader.ahead()) {
    reader.take();
    a = {kind: sign === "+" ? "plus" : "minus", a, b: product(reader)};
  }
  return a;
}

function product(reader: Reader): Term {
  let a = signed(reader);
  for (let sign = reader.ahead(); sign === "*" || sign === "/"; sign = reader.ahead()) {
    reader.take();
    a = {kind: sign === "*" ? "times" : "over", a, b: signed(reader)};
  }
  return a;
}

function signed(reader: Reader): Term {
  if (reader.ahead() !== "-") return power(reader);
  reader.take();
  const x = signed(reader);
  return x.kind === "number"
    ? {kind: "number", value: -x.value}
    : {kind: "times", a: {kind: "number", value: -1}, b: x};
}

function power(reader: Reader): Term {
  const x = atom(reader);
  if (reader.ahead() !== "^") return x;
  reader.take();
  const n = Number(reader.take());
  if (!(Number.isInteger(n) && n >= 1 && n <= 9)) throw new RangeError("formula: expected an exponent from 1 to 9");
  return {kind: "power", x, n};
}

function atom(reader: Reader): Term {
  const token = reader.take();
  if (/^\d/.test(token)) return {kind: "number", value: Number(token)};
  if (token === "(" || Object.hasOwn(functions, token)) {
    if (token !== "(") reader.expect("(");
    const x = sum(reader);
    reader.expect(")");
    return token === "(" ? x : {kind: "call", f: functions[token], x};
  }
  if (!/^[A-Za-z]/.test(token)) throw new RangeError(`formula: expected a number, a letter or (, got ${token}`);
  return {kind: "name", name: token};
}

function namesIn(term: Term): string[] {
  if (term.kind === "number") return [];
  if (term.kind === "name") return [term.name];
  return "x" in term ? namesIn(term.x) : [...namesIn(term.a), ...namesIn(term.b)];
}

function compute<S>(o: Field<S>, term: Term, known: Map<string, S>): S {
  switch (term.kind) {
    case "number":
      return o.constant(term.value);
    case "name":
      return known.get(term.name)!;
    case "call":
      return o.map(term.f, compute(o, term.x, known));
    case "power": {
      const x = compute(o, term.x, known);
      let y = x;
      for (let k = 1; k < term.n; ++k) y = o.times(y, x);
      return y;
    }
    default:
      return o[term.kind](compute(o, term.a, known), compute(o, term.b, known));
  }
}
