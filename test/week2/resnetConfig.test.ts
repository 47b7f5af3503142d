import {expect, test} from "vitest";
import {entryOf, enter, petaflop, readLedger} from "../../src/week2/ledger.js";
import {validated} from "../../src/week2/resnetConfig.js";
import {part} from "../../src/components/data/part.js";
import {shared, shuffledLabels} from "../../src/week2/subset.js";
import resnetTask, {data} from "../../src/week2/resnetTask.js";
import {scenes} from "../../src/components/data/scenes.js";

const nowhere = {open: () => Promise.reject(new Error("no files")), progress: () => {}};

test("a configuration that cannot be is refused in one sentence that names it", () => {
  expect(() => validated({depth: 20})).toThrow("resnetTask: expected depth 10 or 18 or 34, got 20");
  expect(() => validated({smoothing: 1})).toThrow("resnetTask: expected smoothing in [0, 1), got 1");
  expect(() => validated({images: 0})).toThrow("resnetTask: expected images an integer 1 … 50000, got 0");
  expect(() => validated({shortcuts: "off", gamma: 0})).toThrow(
    "resnetTask: expected gamma 1 without shortcuts, got 0"
  );
  expect(() => resnetTask({breadth: 3} as never)).toThrow(/^resnetTask: expected only data, .*, got breadth$/);
});

test("no scene of the test split is in the training split, and a copied one would be found", async () => {
  const {train, test: held} = await data({images: 300, testImages: 100}, nowhere);
  expect([train.count, held.count]).toEqual([300, 100]);
  expect(shared(train, held)).toBe(0);
  expect(shared(train, part(train, 0, 7))).toBe(7);
});

test("shuffled labels keep how often each class occurs and lose where", async () => {
  const whole = scenes({seed: 0, count: 500});
  const mixed = shuffledLabels(whole);
  expect([...mixed.labels].sort()).toEqual([...whole.labels].sort());
  const kept = mixed.labels.filter((label, i) => label === whole.labels[i]).length;
  expect(kept).toBeGreaterThan(20); // one in ten by chance
  expect(kept).toBeLessThan(90);
});

test("an epoch of 50,000 images at width 64 is 0.167 PFLOP, and the published 32.3 are 194 of them", () => {
  const config = validated({width: 64, depth: 18, images: 50_000});
  expect(petaflop(config, 1)).toBeCloseTo(0.16663, 5);
  expect(petaflop(config, 194)).toBeCloseTo(32.3, 1);
});

test("a run that goes on takes the place of its earlier state in the list", () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text)
  };
  const spec = {
    module: "m",
    config: {width: 8},
    seed: 1,
    epochs: 2,
    batch: 20,
    schedule: {kind: "constant", rate: 0.1} as const
  };
  const epoch = (n: number, accuracy: number) => ({
    epoch: n,
    train: {},
    test: {accuracy},
    imagesPerSecond: 1,
    seconds: 2
  });
  enter(entryOf("a", spec, [epoch(1, 0.2)]), store);
  enter(entryOf("b", spec, [epoch(1, 0.3)]), store);
  const list = enter(entryOf("a", spec, [epoch(1, 0.2), epoch(2, 0.4)]), store);
  expect(list.map(({key, curve}) => [key, curve])).toEqual([
    ["a", [0.2, 0.4]],
    ["b", [0.3]]
  ]);
  expect(readLedger(store)).toEqual(list);
});
