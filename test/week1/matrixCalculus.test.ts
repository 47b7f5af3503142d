import {describe, expect, test} from "vitest";
import {eigen} from "../../src/components/math/eigen.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";
import {crossEntropyHessian} from "../../src/components/math/softmax.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {activationCurves, widestGap} from "../../src/week1/matrixCalculus/activationCurves.js";
import {evaluateFormula} from "../../src/week1/matrixCalculus/expression.js";
import {fillIns, grade} from "../../src/week1/matrixCalculus/fillIn.js";
import {byHand, disagreement, points} from "../../src/week1/matrixCalculus/float32.js";
import {downhill, formOf, kindOf, level} from "../../src/week1/matrixCalculus/form.js";
import {identities} from "../../src/week1/matrixCalculus/identities.js";
import {examine} from "../../src/week1/matrixCalculus/laboratory.js";
import {bestStep, errorAt, errorsOf, known} from "../../src/week1/matrixCalculus/stepErrors.js";
import {apart, drawFrom, row} from "../../src/week1/matrixCalculus/trial.js";
import {answers} from "../../src/week1/matrixCalculusAnswers.js";
import {gradients} from "../../src/week1/matrixCalculusFloat32.js";

describe("the table of identities", () => {
  test("has as many rows as the page says, each once", () => {
    expect(identities).toHaveLength(152);
    expect(new Set(identities.map(({name}) => name)).size).toBe(152);
  });

  test("an error that is not a number, or another shape, is no agreement", () => {
    expect(apart([1, NaN], [1, 2])).toBeNaN();
    expect(apart([[1, 2]], [[1], [2]])).toBe(Infinity);
    expect(apart([[100, 0]], [[101, 0]])).toBe(0.01);
    const [right, wrong] = [row("a", "", "", () => [1, NaN, 1]), row("b", "", "", () => [1, 1, NaN])];
    expect(right.compare(rng(1)).got).toBeNaN();
    expect(wrong.compare(rng(1)).got).toBe(0);
  });

  test("regular matrices are regular: x'Ax > 0", () => {
    const draw = drawFrom(rng(5));
    for (let k = 0; k < 50; ++k) {
      const A = draw.regular(4);
      expect(eigen(A.map((r, i) => r.map((x, j) => x + A[j][i]))).values[3]).toBeGreaterThan(0);
    }
  });
});

describe("formulas as readers write them", () => {
  const letters = {A: [[1, 2], [3, 4]], B: [[0, 1], [1, 1]], a: [[1], [2]], s: [[3]]}; // prettier-ignore
  const value = (text: string) => evaluateFormula(text, letters);

  test("one formula in many spellings", () => {
    const same = [["A'", "A^T", "Aᵀ", "A^(T)"], ["A^-1", "inv(A)", "A⁻¹", "A^(-1)"], ["A^-T", "A⁻ᵀ", "inv(A)'", "(A^-1)^T", "(A')^-1"], ["A A", "A*A", "AA", "A^2", "A²", "A·A"], ["2A", "A + A", "3A - A", "A/½", "A / 0.5"], ["det(A)", "|A|", "-2"], ["A + I", "A + 1", "I + A"]]; // prettier-ignore
    for (const [first, ...others] of same)
      for (const other of others) expect(apart(value(first), value(other)), other).toBeLessThan(1e-14);
  });

  test("binds as on paper: transpose before product, product before sum, from the left", () => {
    expect(value("AB'")).toEqual([[2, 3], [4, 7]]); // prettier-ignore
    expect(value("-a'a + 2s")).toEqual([[1]]);
    expect(value("a a'/s")[1][1]).toBeCloseTo(4 / 3, 14);
    expect(value("A⊙I")).toEqual([[1, 0], [0, 4]]); // prettier-ignore
    expect(value("|A||B|")).toEqual([[2]]);
    expect(value("norm(a) + sqrt(4) + tr(A) + ln(1)")[0][0]).toBeCloseTo(Math.sqrt(5) + 7, 14);
  });

  test("says what cannot be read", () => {
    expect(() => value("A +")).toThrow("formula: expected a letter, a number or (, got the end");
    expect(() => value("(A")).toThrow("formula: expected ), got the end");
    expect(() => value("|A")).toThrow("formula: expected |, got the end");
    expect(() => value("A)")).toThrow("formula: expected the end, got )");
    expect(() => value("A $")).toThrow("formula: expected letters, numbers and signs, got $");
    expect(() => value("Q")).toThrow("formula: expected one of A, B, a, s, got Q");
    expect(() => value("A/B")).toThrow("formula: expected a number for what is divided by, got 2 × 2");
    expect(() => value("A⊙a")).toThrow("formula: expected 2 × 2 after ⊙, got 2 × 1");
    expect(() => value("a A")).toThrow("multiply: expected a right factor of 1 rows, got 2 × 2");
  });
});

describe("the laboratory", () => {
  test.each([
    ["tr(A X' B X)", "X", "B X A + B' X A'", true],
    ["tr(A X' B X)", "X", "2 B X A", false],
    ["x'Sx", "x", "2Sx", true],
    ["x'Ax", "x", "2Ax", false],
    ["norm(X)", "X", "X/norm(X)", true],
    ["ln(det(S))", "S", "S^-1", true]
  ])("∂ %s/∂%s = %s: %s", (f, by, gradient, passed) => {
    expect(examine(f, by, gradient).passed).toBe(passed);
  });

  test("says why there is no answer", () => {
    expect(examine("A X", "X", "A").problem).toBe("f: f: expected a number, got 3 × 3");
    expect(examine("tr(X", "X", "A").problem).toBe("f: formula: expected ), got the end");
    expect(examine("tr(X)", "X", "Z").problem).toMatch(/^formula: expected one of .*, got Z$/);
  });
});

describe("the exercises' answers", () => {
  const right: Record<string, string[]> = {
    ...{"ex-bilinear": ["a b'"], "ex-trace": ["A'B'", "(BA)'"], "ex-quadratic": ["(B + B')x", "Bx + B'x"]},
    ...{"ex-least-squares": ["2A'(Ax - b)"], "ex-trace-form": ["(A + A')X"], "ex-log-det": ["X^-T", "inv(X)'"]},
    ...{"ex-inverse-form": ["-X^-T a b' X^-T"], "ex-det-product": ["det(AXB) X^-T", "|A||X||B| X⁻ᵀ"]},
    ...{"ex-trace-inverse": ["-(X^-1 A X^-1)'"], "ex-gaussian": ["X^-T - (X^-1 S X^-1)'"]},
    ...{"ex-push": ["A (I + BA)^-1"], "ex-rank-one": ["A^-1 - A^-1 b c' A^-1 / (1 + c' A^-1 b)"]}
  };
  const wrong: Record<string, string> = {
    ...{"ex-bilinear": "b a'", "ex-trace": "BA", "ex-quadratic": "2Bx", "ex-least-squares": "A'(Ax - b)"},
    ...{"ex-trace-form": "2AX", "ex-log-det": "X^-1", "ex-inverse-form": "-X^-1 a b' X^-1"},
    ...{"ex-det-product": "det(X) X^-T", "ex-trace-inverse": "-X^-1 A X^-1", "ex-gaussian": "X^-1 - X^-1 S X^-1"},
    ...{"ex-push": "A (I - BA)^-1", "ex-rank-one": "A^-1 + A^-1 b c' A^-1 / (1 + c' A^-1 b)"}
  };

  test.each(Object.keys(fillIns))("%s takes the formula, and not its classic mistake", (id) => {
    for (const text of right[id]) {
      expect(grade(text, fillIns[id])).toMatchObject({passed: true});
      expect(judge(answers[id] as Exclude<Verify, {kind: "code"}>, text).passed).toBe(true);
    }
    expect(grade(wrong[id], fillIns[id]).passed).toBe(false);
    expect(grade("A +", fillIns[id])).toMatchObject({passed: false, error: Infinity});
  });

  test("the numbers, by another way", () => {
    const p = [1, 2, 3].map((z) => Math.exp(z) / (Math.E + Math.E ** 2 + Math.E ** 3));
    const spread = p[0] * p[2] * 4 + p[0] * p[1] + p[1] * p[2]; // Σ pᵢpⱼ (vᵢ − vⱼ)² over pairs is the variance
    expect(answers["ex-lse-hessian"]).toMatchObject({expected: expect.closeTo(spread, 12)});
    expect(answers["ex-layernorm"]).toMatchObject({expected: expect.closeTo(Math.sqrt(1.5) / 6, 12)});
    const slopes = Array.from({length: 400}, (_, i) => i / 100).map(
      (x) => numericGradient(([t]) => known.GELU.f(t), [x])[0]
    );
    expect(answers["ex-gelu"]).toMatchObject({expected: expect.closeTo(Math.max(...slopes), 5)});
  });

  test.each(["ex-layernorm-back", "ex-bug", "ex-batch"])(
    "%s: a solution passes its cases, the start does not",
    (id) => {
      const {start, cases} = answers[id] as Extract<Verify, {kind: "code"}>;
      const run = (source: string) => {
        const f = new Function(`${source}; return ${/function (\w+)/.exec(source)![1]};`)() as (
          ...args: unknown[]
        ) => number[];
        return cases.every(({args, expected}) => apart(expected as number[], f(...args)) < 1e-9);
      };
      expect(run(start)).toBe(false);
      expect(run(solutions[id])).toBe(true);
    }
  );
});

const solutions: Record<string, string> = {
  "ex-bug":
    "function gradient(A, x) { return A.map((row, i) => row.reduce((sum, a, j) => sum + (a + A[j][i]) * x[j], 0)); }",
  "ex-layernorm-back": `function pullBack(x, g) {
    const n = x.length, mean = (v) => v.reduce((a, b) => a + b) / n;
    const m = mean(x), s = Math.sqrt(mean(x.map((v) => (v - m) ** 2)));
    const u = x.map((v) => (v - m) / s), a = mean(g), b = mean(g.map((v, i) => v * u[i]));
    return g.map((v, i) => (v - a - u[i] * b) / s);
  }`,
  "ex-batch": `function gradient(X, W, labels) {
    const E = X.map((x, i) => {
      const z = W[0].map((_, k) => x.reduce((s, v, d) => s + v * W[d][k], 0));
      const m = Math.max(...z), e = z.map((v) => Math.exp(v - m)), t = e.reduce((a, b) => a + b);
      return e.map((v, k) => v / t - (k === labels[i] ? 1 : 0));
    });
    return W.map((row, d) => row.map((_, k) => X.reduce((s, x, i) => s + x[d] * E[i][k], 0) / X.length));
  }`
};

describe("the experiments", () => {
  test("GELU's two forms are 4.73e-4 apart, at 2.70", () => {
    expect(widestGap().size).toBeCloseTo(4.73e-4, 6);
    expect(widestGap().at).toBeCloseTo(2.7, 2);
    expect(activationCurves("GELU").map(({name}) => name)).toEqual(["GELU", "GELU′"]);
  });

  test("the Hessian of cross-entropy at (1, 2, 3) has the eigenvalues 0.370904, 0.118553, 0", () => {
    const {values} = eigen(crossEntropyHessian([1, 2, 3]));
    [0.370904, 0.118553, 0].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));
  });

  test.each(Object.keys(known))("differences of %s: third derivative, order of the error, best step", (name) => {
    const {slope, third} = known[name];
    const second = (x: number) => numericGradient(([t]) => slope(t), [x])[0];
    expect(third(0.7)).toBeCloseTo(numericGradient(([t]) => second(t), [0.7], 1e-4)[0], 4);
    expect(errorAt(name, "central", 1e-2) / errorAt(name, "central", 1e-3)).toBeCloseTo(100, 0);
    expect(errorAt(name, "forward", 1e-3) / errorAt(name, "forward", 1e-4)).toBeCloseTo(10, 0);
    const [best] = errorsOf(name, "central").reduce((a, b) => (b[1] < a[1] ? b : a));
    expect(Math.abs(Math.log10(best / bestStep(name, 1.1e-16)))).toBeLessThan(0.75);
  });

  test("a form has the eigenvalues and axes it was made of, and its level line is level", () => {
    const {A, axes} = formOf([5, 2], 25);
    expect(eigen(A).values.map((value) => +value.toFixed(12))).toEqual([5, 2]);
    for (const [x, y] of level([5, 2], 25, 0.8))
      expect(0.5 * (A[0][0] * x * x + 2 * A[0][1] * x * y + A[1][1] * y * y)).toBeCloseTo(0.8, 12);
    const worst = axes[0].map((a, i) => a + Math.sqrt(2.5) * axes[1][i]);
    expect(downhill(A, worst)).toBeCloseTo((2 * Math.sqrt(2.5)) / 3.5, 12);
  });

  test("eigenvalues say what a form is", () => {
    expect(
      [
        [1, 2],
        [1, -1],
        [-1, -2],
        [1, 0],
        [0, 0]
      ].map(kindOf)
    ).toEqual([
      // prettier-ignore
      expect.stringMatching(/^positive definite/),
      expect.stringMatching(/^indefinite/),
      expect.stringMatching(/^negative definite/),
      expect.stringMatching(/^positive semidefinite/),
      expect.stringMatching(/^zero/)
    ]);
  });

  test("tfjs's float32 gradients agree with the formulas", () => {
    const found = gradients(points);
    for (const [name, expected] of Object.entries(byHand(points)))
      expect(disagreement(found[name].dataSync(), expected), name).toBeLessThanOrEqual(1);
    expect(disagreement([1], [1, 2])).toBe(Infinity);
    expect(disagreement([1.001], [1])).toBeGreaterThan(1);
  });
});
