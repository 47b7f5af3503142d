import type {Equation} from "../../components/math/equation.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {normalQuantile, type Rng} from "../../components/math/random.js";
import {fromFloat16, toFloat16} from "../../components/train/float16.js";
import {allOf, dynamicScale, lost, spacing, stored} from "./halfFormat.js";

const value = numbered(
  "half-value",
  "all 31,744 finite patterns without a sign as the decoder gives them, against the formula",
  "an exponent's bias of 16",
  (rng, mutated) => {
    const bias = mutated ? 16 : 15;
    const start = rng.integers(1, 1000)[0]; // where to begin, so that all are seen in the end
    const gaps = Array.from(allOf(), (x, pattern) => {
      const [e, m] = [pattern >> 10, pattern & 1023];
      const formula = e ? 2 ** (e - bias) * (1 + m / 1024) : 2 ** (1 - bias) * (m / 1024);
      return Math.abs(x - formula);
    });
    return {got: Math.max(...gaps.slice(start % 4)), expected: 0, within: 0};
  }
);

const gap = numbered(
  "spacing",
  "the distances between neighbours of all finite numbers, against the formula, over it",
  "2⁻¹¹ instead of 2⁻¹⁰",
  (rng, mutated) => {
    const numbers = allOf();
    const from = rng.integers(1, 100)[0];
    let worst = 0;
    for (let i = from; i < numbers.length - 1; ++i) {
      const formula = spacing(numbers[i]) / (mutated ? 2 : 1);
      worst = Math.max(worst, Math.abs((numbers[i + 1] - numbers[i]) / formula - 1));
    }
    return {got: worst, expected: 0, within: 0};
  }
);

const relative = numbered(
  "relative",
  "20,000 drawn numbers of the normal range, none rounded by more than its 2¹¹th part",
  "the 2¹²th part",
  (rng, mutated) => {
    const drawn = Float32Array.from(rng.uniform(20_000, -14, 15), (x) => 2 ** x);
    const rounded = fromFloat16(toFloat16(drawn));
    return broken(Array.from(drawn, (x, i): [number, number] => [2 ** (mutated ? -12 : -11), Math.abs(rounded[i] / x - 1)])); // prettier-ignore
  }
);

/** The shares of 40,000 numbers that are stored as 0 and as infinite; the numbers are at equal steps of probability. */
function shares(mean: number, deviation: number, k: number) {
  const count = 40_000;
  const drawn = Float32Array.from({length: count}, (_, i) => 2 ** (mean + k + deviation * normalQuantile((i + 0.5) / count))); // prettier-ignore
  const rounded = fromFloat16(toFloat16(drawn));
  return {zero: rounded.filter((x) => x === 0).length / count, infinite: rounded.filter((x) => x === Infinity).length / count}; // prettier-ignore
}

const draw = (rng: Rng) => [between(rng, -28, -20), between(rng, 3, 6), rng.integers(1, 8)[0]] as const;

const underflow = numbered(
  "underflow",
  "the share of 40,000 log-normal numbers that is stored as 0, against the distribution function",
  "the least subnormal number, 2⁻²⁴, as the edge",
  (rng, mutated) => {
    const [mean, deviation, k] = draw(rng);
    const expected = lost(mean - (mutated ? 1 : 0), deviation, k).zero;
    return {got: shares(mean, deviation, k).zero, expected, within: 1e-4};
  }
);

const overflow = numbered(
  "overflow",
  "the share that is stored as infinite, against the distribution function",
  "10⁵ as the edge",
  (rng, mutated) => {
    const [mean, deviation] = draw(rng);
    const shift = mutated ? Math.log2(65_520 / 1e5) : 0;
    return {got: shares(mean, deviation, 36).infinite, expected: lost(mean + shift, deviation, 36).infinite, within: 1e-4}; // prettier-ignore
  }
);

const exact = numbered(
  "scale-exact",
  "5,000 drawn numbers, stored after multiplying by 2ᵏ and divided by it again, against the same stored as they are",
  "multiplied by 1000",
  (rng, mutated) => {
    const s = mutated ? 1000 : 2 ** (1 + rng.integers(1, 9)[0]);
    const drawn = Array.from(rng.uniform(5000, -13, 4), (x) => 2 ** x);
    return {got: Math.max(...drawn.map((x) => Math.abs(stored(x * s) / s - stored(x)) / x)), expected: 0, within: 1e-15}; // prettier-ignore
  }
);

const vanishing = numbered(
  "vanishing",
  "of 2,000 drawn numbers, those stored unchanged after adding less than 2⁻¹² of their size, and after adding more than 2⁻¹¹: all, none",
  "2⁻¹⁰ for the first",
  (rng, mutated) => {
    const numbers = Array.from(rng.uniform(2000, -8, 8), (x) => stored(2 ** x));
    const stays = (part: number) => numbers.filter((w) => stored(w * (1 + part)) === w).length / numbers.length;
    return {got: stays(0.999 * 2 ** (mutated ? -10 : -12)) - stays(1.001 * 2 ** -11), expected: 1, within: 0};
  }
);

const skipped = numbered(
  "skipped",
  "the share of skipped steps after the first 200 of 100,000, growth 2 and back-off 2⁻ʳ, against 1/(rn + 1)",
  "1/n for r = 1, 1/(rn) in general",
  (rng, mutated) => {
    const [interval, r] = [5 + rng.integers(1, 20)[0], 1 + rng.integers(1, 3)[0]];
    const setup = {start: 2 ** 16, most: 2 ** between(rng, 4.1, 8.9), interval, backoff: 2 ** -r};
    const late = dynamicScale(100_000, setup).skipped.slice(200);
    const got = late.filter(Boolean).length / late.length;
    return {got, expected: 1 / (r * interval + (mutated ? 0 : 1)), within: 1e-4};
  }
);

/** In the order of the page. */
export const halfEquations: Equation[] = [value, gap, relative, underflow, overflow, exact, vanishing, skipped];
