import {expect, test} from "vitest";
import {formatNumber, formatPercent, formatSpread} from "../../src/components/ui/number.js";
import {formatDuration} from "../../src/components/ui/runCard.js";

test("numbers keep their significant digits and lose the rest", () => {
  expect(formatNumber(Math.LN10)).toBe("2.302585");
  expect(formatNumber(0.5)).toBe("0.5");
  expect(formatNumber(11173962)).toBe("11,173,962");
  expect(formatNumber(-0.1699712)).toBe("−0.1699712");
  expect(formatNumber(4.0358e-5, 4)).toBe("4.036e−5");
  expect(formatNumber(1000)).toBe("1000");
});

test("what is not a number says so", () => {
  expect([NaN, Infinity, -Infinity].map((x) => formatNumber(x))).toEqual(["not a number", "∞", "−∞"]);
});

test("fractions become percents, seconds become minutes and hours", () => {
  expect(formatPercent(0.85617, 2)).toBe("85.62 %");
  expect([48, 720, 5100].map(formatDuration)).toEqual(["48 s", "12 min", "1 h 25 min"]);
});

test("a mean has its deviation from two values on; what is missing is not averaged over", () => {
  expect([[], [0.5], [0.81, 0.82], [-0.02, 0.01], [1, NaN]].map((values) => formatSpread(values))).toEqual([
    ...["–", "0.500", "0.815 ± 0.007", "−0.005 ± 0.021", "–"]
  ]);
});
