import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {cost, type StageCost} from "../../src/components/models/cost.js";
import {resnet} from "../../src/components/models/resnet.js";
import {entries, size} from "../../src/components/tensor/tree.js";

const total = (list: StageCost[], key: "parameters" | "macs") => list.reduce((sum, stage) => sum + stage[key], 0);

test("ResNet-18 of width 64 costs 11,173,962 parameters and 555,422,720 multiply-adds at 32 × 32", () => {
  expect(total(cost(), "parameters")).toBe(11_173_962);
  expect(total(cost(), "macs")).toBe(555_422_720);
});

test("against torchvision's 1,000-class networks only the stem and the head differ", () => {
  const change = 513 * (10 - 1000) + 27 * 64 - 3 * 7 * 7 * 64;
  expect(total(cost({depth: 18}), "parameters")).toBe(11_689_512 + change);
  expect(total(cost({depth: 34}), "parameters")).toBe(21_797_672 + change);
});

test("narrower networks: 0.1393 and 0.0350 G multiply-adds, 2.80 and 0.70 M parameters", () => {
  expect(total(cost({width: 32}), "macs") / 1e9).toBeCloseTo(0.1393, 4);
  expect(total(cost({width: 16}), "macs") / 1e9).toBeCloseTo(0.035, 4);
  expect(total(cost({width: 32}), "parameters") / 1e6).toBeCloseTo(2.8, 2);
  expect(total(cost({width: 16}), "parameters") / 1e6).toBeCloseTo(0.7, 2);
});

test("stage by stage it counts what the network has", () => {
  for (const shortcuts of [true, false])
    for (const depth of [10, 18, 34]) {
      const {params} = classifier(resnet({depth, width: 3, shortcuts}), 7).init(rng(1));
      for (const {name, parameters} of cost({depth, width: 3, shortcuts}, {classes: 7})) {
        const stage = entries(params).filter(
          ([path]) => path.startsWith(`${name}.`) || (name === "conv1" && path.startsWith("bn1."))
        );
        expect([name, parameters]).toEqual([name, size(Object.fromEntries(stage))]);
      }
    }
});

test("multiply-adds grow with the square of the image's side, the head's not", () => {
  const [small, large] = [cost(), cost({}, {size: 64})];
  small.forEach(({name, macs}, i) => expect(large[i].macs / macs).toBe(name === "fc" ? 1 : 4));
});
