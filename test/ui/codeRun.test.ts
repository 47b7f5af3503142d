import vm from "node:vm";
import {afterEach, expect, test, vi} from "vitest";
import {
  type Case,
  functionName,
  outcome,
  type Reply,
  runCases,
  shown,
  workerScript
} from "../../src/components/ui/codeRun.js";

/** A worker that runs its script at once, in a context of its own; one that loops for ever says nothing. */
class FakeWorker {
  static scripts: string[] = [];
  static ended = 0;
  onmessage?: (event: {data: Reply}) => void;
  onerror?: (event: {message: string; lineno: number; preventDefault(): void}) => void;
  postMessage(data: unknown): void {
    queueMicrotask(() => {
      const context = vm.createContext({postMessage: (data: Reply) => this.onmessage?.({data})});
      try {
        vm.runInContext(FakeWorker.scripts.at(-1)!, context, {timeout: 500});
        context.data = data;
        vm.runInContext("onmessage({data})", context, {timeout: 500});
      } catch (error) {
        if (/timed out/.test(String(error))) return;
        this.onerror?.({message: String(error), lineno: 2, preventDefault() {}});
      }
    });
  }
  terminate(): void {
    ++FakeWorker.ended;
  }
}

function fake(): void {
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("Blob", class { constructor([script]: string[]) { FakeWorker.scripts.push(script); } }); // prettier-ignore
  vi.stubGlobal("URL", {createObjectURL: () => "blob:", revokeObjectURL() {}});
}
afterEach(() => vi.unstubAllGlobals());

const cases: Case[] = [
  {args: [1, 2], expected: 3},
  {args: [0.1, 0.2], expected: 0.3}
];
const run = (source: string, limit = 20_000) => {
  fake();
  return runCases(source, "sum", cases, limit);
};

test("a right function passes every case, with a function of its own beside it", async () => {
  const source = "const one = (x) => x;\nfunction sum(a, b) {\n  return one(a) + b; // all of it\n}";
  expect((await run(source)).map(({passed}) => passed)).toEqual([true, true]);
});

test("a wrong one fails where it is wrong and says what it gave", async () => {
  expect(await run("function sum(a, b) { return a < 1 ? a : a + b; }")).toEqual([
    {passed: true, got: "3"},
    {passed: false, got: "0.1"}
  ]);
});

test("an error of a case is that case's answer", async () => {
  expect((await run("function sum(a) { if (a < 1) throw new Error('small'); return 3; }"))[1].got).toBe("Error: small");
});

test("a loop without end is ended; the cases before it keep their answer, those after it were not run", async () => {
  const ended = FakeWorker.ended;
  expect(await run("function sum(a, b) { while (a < 1) {} return a + b; }", 100)).toEqual([
    {passed: true, got: "3"},
    {passed: false, got: "no answer within 0.1 s"}
  ]);
  expect((await run("function sum(a, b) { for (;;) {} }", 100)).map(({got}) => got)).toEqual([
    "no answer within 0.1 s",
    "not run"
  ]);
  expect(FakeWorker.ended).toBe(ended + 2);
});

test("a mistake of the language is told with its line", async () => {
  expect((await run("function sum(a, b) {\n  return a +;\n}"))[0].got).toMatch(/SyntaxError.*line 2/);
  expect(workerScript("a\nb", "f").split("\n")[1]).toBe("b");
});

test("vectors and matrices are compared number by number, and a typed array is a vector", () => {
  const judge = (value: unknown, expected: Case["expected"], within?: number) =>
    outcome({value}, {args: [], expected, within}).passed;
  expect(judge([[1, 2], [3, 4.1]], [[1, 2], [3, 4]], 0.2)).toBe(true); // prettier-ignore
  expect(judge([[1, 2], [3, 4.1]], [[1, 2], [3, 4]])).toBe(false); // prettier-ignore
  expect(judge(Float64Array.of(1, 2), [1, 2])).toBe(true);
  expect([
    judge([1, 2], [1, 2, 3]),
    judge([1, 2, 3], [1, 2]),
    judge(NaN, 1),
    judge("1", 1),
    judge(undefined, 1)
  ]).toEqual(Array(5).fill(false));
  expect(judge(1e6 + 1e-4, 1e6)).toBe(true); // a relative error of 1e-10
  expect(judge(Infinity, Infinity)).toBe(true);
});

test("the function to write has a name", () => {
  expect(functionName("// a comment\nfunction softmax(z) {}")).toBe("softmax");
  expect(() => functionName("(z) => z")).toThrow("expected a function with a name");
});

test("long values are cut short", () => {
  expect(shown([1, 1 / 3, "a"])).toBe('[1, 0.3333333, "a"]');
  expect(shown(Array(200).fill(1))).toHaveLength(158);
  expect(shown(undefined)).toBe("nothing");
});
