import {expect, test} from "vitest";
import {judge, readNumber} from "../../src/components/ui/verify.js";

test("numbers are read as people write them", () => {
  expect(readNumber(" 1,000.5 ")).toBe(1000.5);
  expect(readNumber("−2e−3")).toBe(-0.002);
  expect(readNumber("3/4")).toBe(0.75);
  expect(["", "two", "1/2/3", "/2", "3/"].map(readNumber)).toEqual([NaN, NaN, NaN, NaN, NaN]);
});

test("a number passes within its tolerance, a thousandth of its size unless told", () => {
  const ask = {kind: "number", ask: "loss", expected: 2.302585} as const;
  expect(judge(ask, "2.303").passed).toBe(true);
  expect(judge(ask, "2.31")).toEqual({passed: false, message: "Close, but not within the tolerance."});
  expect(judge(ask, "5").message).toBe("Not yet.");
  expect(judge({...ask, within: 0.01}, "2.31").passed).toBe(true);
});

test("an exact answer of zero is right for an expected zero", () => {
  expect(judge({kind: "number", ask: "trace", expected: 0}, "0").passed).toBe(true);
});

test("a choice is right by its place, and none is no answer", () => {
  const ask = {kind: "choice", ask: "which", options: ["a", "b"], correct: 0} as const;
  const open = {...ask, options: ["a", "b"]};
  expect(judge(open, "0").passed).toBe(true);
  expect(judge(open, "1").passed).toBe(false);
  expect(judge(open, "")).toEqual({passed: false, message: "Choose one first."});
});

test("a text is judged by the exercise's own predicate, without spaces around it", () => {
  const ask = {kind: "text", ask: "formula", accepts: (text: string) => text === "I + J"} as const;
  expect(judge(ask, " I + J ").passed).toBe(true);
  expect(judge(ask, "J").passed).toBe(false);
  expect(judge(ask, "  ").message).toBe("Write an answer first.");
});
