import {expect, test} from "vitest";
import {
  mergeProgress,
  parseProgress,
  readProgress,
  serializeProgress,
  setExercise,
  setMastered,
  type Store
} from "../../src/components/ui/progress.js";

function memory(initial?: string): Store & {text(): string | undefined} {
  let kept = initial;
  return {getItem: () => kept ?? null, setItem: (_, text) => void (kept = text), text: () => kept};
}

test("a tick is kept, and taking it away leaves nothing behind", () => {
  const store = memory();
  setMastered("week1/matrix-calculus", true, store);
  expect(readProgress(store).mastered["week1/matrix-calculus"]).toMatch(/^\d{4}-\d\d-\d\d$/);
  setMastered("week1/matrix-calculus", false, store);
  expect(readProgress(store)).toEqual({mastered: {}, exercises: {}});
});

test("exported progress reads back as it was", () => {
  const progress = {mastered: {a: "2025-01-31"}, exercises: {"week2/x#y": {solved: true, hints: 2}}};
  expect(parseProgress(serializeProgress(progress))).toEqual(progress);
});

test("an exercise's state stands beside the ticks", () => {
  const store = memory();
  setMastered("a", true, store);
  setExercise("p#q", {solved: false, hints: 1}, store);
  expect(Object.keys(readProgress(store).mastered)).toEqual(["a"]);
  expect(readProgress(store).exercises).toEqual({"p#q": {solved: false, hints: 1}});
});

test("merging loses neither a tick nor a solution and keeps what is known here", () => {
  const here = {mastered: {a: "2025-02-02"}, exercises: {x: {solved: true, hints: 0}, y: {solved: false, hints: 1}}};
  const there = {mastered: {a: "2025-01-01", b: "2025-01-02"}, exercises: {x: {solved: false, hints: 3}}};
  expect(mergeProgress(here, there)).toEqual({
    mastered: {a: "2025-02-02", b: "2025-01-02"},
    exercises: {x: {solved: true, hints: 3}, y: {solved: false, hints: 1}}
  });
});

test("a store that throws or holds something else is an empty one", () => {
  const blocked: Store = {
    getItem() {
      throw new Error("blocked");
    },
    setItem() {
      throw new Error("blocked");
    }
  };
  expect(readProgress(blocked)).toEqual({mastered: {}, exercises: {}});
  expect(() => setMastered("a", true, blocked)).not.toThrow();
  expect(readProgress(memory("not json"))).toEqual({mastered: {}, exercises: {}});
});

test("a file that is no progress is refused by what is wrong with it", () => {
  expect(() => parseProgress("<html>")).toThrow('parseProgress: expected JSON, got "<html>"');
  expect(() => parseProgress("null")).toThrow("expected format deep-learning-mastery/progress, got null");
  expect(() => parseProgress('{"format": "other"}')).toThrow('got "other"');
  const broken = {mastered: {a: true}} as unknown as Parameters<typeof serializeProgress>[0];
  expect(() => parseProgress(serializeProgress(broken))).toThrow('expected mastered["a"] to be a day, got true');
});
