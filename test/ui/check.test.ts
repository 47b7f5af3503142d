// @vitest-environment jsdom
import {expect, test} from "vitest";
import {check, claim} from "../../src/components/ui/check.js";

test("a check passes up to its tolerance and fails beyond it", () => {
  expect(check("ln 10", 2.302585, Math.LN10).dataset.check).toBe("pass");
  expect(check("ln 10", 2.3026, Math.LN10).dataset.check).toBe("fail");
  expect(check("half", 0.5 + 1 / 64, 0.5, {within: 1 / 64}).dataset.check).toBe("pass");
});

test("a relative tolerance grows with the expected value", () => {
  expect(check("large", 1010, 1000, {within: 0.01, relative: true}).dataset.check).toBe("pass");
  expect(check("small", 0.02, 0.01, {within: 0.01, relative: true}).dataset.check).toBe("fail");
  expect(check("negative", -1010, -1000, {within: 0.01, relative: true}).dataset.check).toBe("pass");
});

test("a number that is none never passes", () => {
  expect(check("loss", NaN, 2, {within: Infinity}).dataset.check).toBe("fail");
  expect(check("loss", Infinity, Infinity).dataset.check).toBe("fail");
});

test("a check says in words what it shows in colour", () => {
  const node = check("ResNet-18 parameters", 11173961, 11173962, {within: 0});
  expect(node.textContent).toContain("✗ fails");
  expect(node.textContent).toContain("ResNet-18 parameters");
  expect(node.textContent).toContain("got 11,173,961, expected 11,173,962 ± 0");
});

test("a label is never read as HTML", () => {
  expect(claim("<b>x</b>", true, "y").querySelector("b")).toBeNull();
});
