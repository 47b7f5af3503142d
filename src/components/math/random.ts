import {log} from "./elementary.js";

/** A stream of random numbers: element k of the stream is a function of the seed, the path of forks, and k alone. */
export interface Rng {
  /** Uniform on [0, 1), 53 random bits. */
  next(): number;
  /** n independent draws, uniform on [low, high). */
  uniform(n: number, low?: number, high?: number): Float32Array;
  /** n independent draws of N(mean, deviation²). */
  normal(n: number, mean?: number, deviation?: number): Float32Array;
  /** n independent draws, uniform on {0, …, bound − 1}. */
  integers(n: number, bound: number): Int32Array;
  /** A uniformly random ordering of 0, …, n − 1 (Fisher–Yates). */
  permutation(n: number): Uint32Array;
  /** An independent stream, named by integers or words. It does not depend on what was drawn from this one. */
  fork(...path: (number | string)[]): Rng;
}

/**
 * A seeded counter-based generator: Philox4x32-10, Salmon et al. 2011, section 3.3.
 *
 * The same seed gives the same numbers on every machine and engine: only integer arithmetic, + − × ÷ and √ are used.
 *
 * @param seed an integer, 0 ≤ seed < 2⁵³.
 * @throws RangeError if the seed is not such an integer.
 */
export function rng(seed: number): Rng {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`rng: expected an integer seed ≥ 0, got ${seed}`);
  return stream(seed >>> 0, Math.floor(seed / 2 ** 32));
}

let refuse: (() => never) | null = null;

/** Runs f; a draw from any stream calls `refused` instead, which throws. What is recorded as a graph must not draw. */
export function withoutDraws<T>(refused: () => never, f: () => T): T {
  const before = refuse;
  refuse = refused;
  try {
    return f();
  } finally {
    refuse = before;
  }
}

function stream(key0: number, key1: number): Rng {
  let block = 0;
  let used = 4;
  const words = new Uint32Array(4);
  const word = () => {
    refuse?.();
    if (used === 4) {
      philox(words, block >>> 0, Math.floor(block / 2 ** 32), key0, key1);
      ++block;
      used = 0;
    }
    return words[used++];
  };
  const next = () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
  const integer = (bound: number) => {
    const limit = 2 ** 32 - (2 ** 32 % bound); // rejects the incomplete last cycle, so that no residue is favoured
    for (;;) {
      const drawn = word();
      if (drawn < limit) return drawn % bound;
    }
  };
  return {
    next,
    uniform: (n, low = 0, high = 1) => Float32Array.from({length: n}, () => low + (high - low) * next()),
    normal: (n, mean = 0, deviation = 1) =>
      Float32Array.from({length: n}, () => mean + deviation * normalQuantile((word() + 0.5) / 2 ** 32)),
    integers(n, bound) {
      if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32)
        throw new RangeError(`rng.integers: expected an integer bound in [1, 2³²], got ${bound}`);
      return Int32Array.from({length: n}, () => integer(bound));
    },
    permutation(n) {
      const order = Uint32Array.from({length: n}, (_, i) => i);
      for (let i = n - 1; i > 0; --i) {
        const j = integer(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      return order;
    },
    fork(...path) {
      let key: [number, number] = [key0, key1];
      for (const part of path) key = child(key, part);
      return stream(...key);
    }
  };
}

const counterOfForks = 0xffffffff; // the upper counter words of a fork: no draw of a stream ever reaches them

function child([key0, key1]: [number, number], part: number | string): [number, number] {
  const out = new Uint32Array(4);
  let key: [number, number] = [key0, key1];
  for (const number of typeof part === "string" ? [...part].map((c) => c.codePointAt(0)!) : [part]) {
    if (!Number.isSafeInteger(number) || number < 0)
      throw new RangeError(`rng.fork: expected words or integers ≥ 0, got ${number}`);
    philox(
      out,
      number >>> 0,
      Math.floor(number / 2 ** 32),
      key[0],
      key[1],
      typeof part === "string" ? 1 : 0,
      counterOfForks
    );
    key = [out[0], out[1]];
  }
  return key;
}

/** Ten rounds of Philox4x32 on the counter (c0, c1, c2, c3) under the key (k0, k1). */
export function philox(out: Uint32Array, c0: number, c1: number, k0: number, k1: number, c2 = 0, c3 = 0): void {
  for (let round = 0; round < 10; ++round) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16); // < 2³², exact in float64
  return aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(((middle % 65536) + aLow * bHigh) / 65536);
}

/**
 * Φ⁻¹(p), the quantile function of N(0, 1), for 0 < p < 1; relative error below 1e-15.
 * Algorithm AS 241 (PPND16), Wichura 1988.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(central[0], r)) / horner(central[1], r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const [top, bottom, shift] = r <= 5 ? [...tail, 1.6] : [...farTail, 5];
  const x = horner(top as number[], r - (shift as number)) / horner(bottom as number[], r - (shift as number));
  return q < 0 ? -x : x;
}

const horner = (coefficients: number[], x: number) => coefficients.reduceRight((sum, c) => sum * x + c, 0);

const central = [
  [
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
    67265.770927008700853, 33430.575583588128105, 2509.0809287301226727
  ],
  [
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
    28729.085735721942674, 5226.495278852545925
  ]
];
const tail = [
  [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4
  ],
  [
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9
  ]
];
const farTail = [
  [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7
  ],
  [
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
    1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15
  ]
];
