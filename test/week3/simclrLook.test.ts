import {expect, test} from "vitest";
import {scenes} from "../../src/components/data/scenes.js";
import {size} from "../../src/components/tensor/tree.js";
import {begin} from "../../src/components/train/begin.js";
import {commonest, grounds} from "../../src/week3/simclr/marks.js";
import {sides} from "../../src/week3/simclrLook.js";
import simclrTask from "../../src/week3/simclrTask.js";
import {scenesOf} from "../../src/week3/viewsConfig.js";
import "../gradients.js";

const tiny = {data: "scenes", depth: 10, width: 1, size: 16, hidden: 6, outputs: 4} as const;

test("a caption's ground is told from its figure", () => {
  const [texture, colour] = grounds([
    "a large striped red triangle on a checkered blue background, upper left",
    "an orange star on a plain white background, centre"
  ]);
  expect(Array.from(texture.labels, (k) => texture.names[k])).toEqual(["checkered", "plain"]);
  expect(Array.from(colour.labels, (k) => colour.names[k])).toEqual(["blue", "white"]);
});

test("always naming the commonest ground is right far more often than one in eleven", () => {
  expect(commonest(Uint8Array.of(3, 1, 3, 0))).toBe(0.5);
  const [texture, colour] = grounds(scenesOf("test", 500).captions);
  expect(commonest(texture.labels)).toBe(0.188);
  expect(commonest(colour.labels)).toBe(0.246);
  const named = Array.from(colour.labels, (k) => colour.names[k]);
  expect(named.filter((name) => name === "black").length / 500).toBe(0.246);
  expect(named.filter((name) => name === "yellow" || name === "white")).toEqual([]);
});

test("every scene's ground has a texture and a colour with a name", () => {
  for (const {names, labels} of grounds(scenes({seed: 0, count: 200}).captions))
    for (const label of labels) expect(label).toBeLessThan(names.length);
});

test("a head of two layers, of one and of none has F·H + 2H + H·D, F·D + D and no parameters", () => {
  const parameters = ([0, 1, 2] as const).map((head) => {
    const {params} = begin(simclrTask({...tiny, head}), 1) as unknown as {params: {projector: never}};
    return size(params.projector);
  });
  expect(parameters).toEqual([0, 8 * 4 + 4, 8 * 6 + 2 * 6 + 6 * 4]);
});

test("without a head both of its sides tell the same, and with one the features tell what they told", async () => {
  const records = {train: scenesOf("train", 60), test: scenesOf("test", 30)};
  const none = await sides({...tiny, head: 0}, 1, records);
  expect(none.map(({name}) => name)).toEqual(["class", "texture of the ground", "colour of the ground"]);
  for (const {h, z} of none) expect(z).toBe(h);
  const two = await sides({...tiny, head: 2}, 1, records);
  const labels = records.test.labels;
  expect(none[0].commonest).toBe(commonest(labels));
  expect(two.map(({h}) => h)).toEqual(none.map(({h}) => h));
  expect(two.map(({z}) => z)).not.toEqual(two.map(({h}) => h));
});
