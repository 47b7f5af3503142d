import {describe, expect, test} from "vitest";
import {countByStage, outputSide, total} from "../../src/week2/resnetCount.js";

describe("countByStage", () => {
  test("has the published counts of ResNet-18: 11,173,962 with ten classes at 32 px, 11,689,512 with 1,000 at 224 px", () => {
    const small = countByStage(18, 64);
    expect(total(small, "parameters")).toBe(11_173_962);
    expect(total(small, "macs")).toBe(555_422_720);
    const large = countByStage(18, 64, {side: 224, stem: "7×7 and max-pool", classes: 1000});
    expect(total(large, "parameters")).toBe(11_689_512);
    expect(total(large, "macs")).toBe(1_814_073_344);
  });

  test("has as many layers with weights as the network's name says", () => {
    for (const depth of [10, 18, 34]) expect(total(countByStage(depth, 8), "layers")).toBe(depth);
  });

  test("gives stages two to four the same work: half the side, twice the channels", () => {
    const [, , two, three, four] = countByStage(18, 64).map(({macs}) => macs);
    expect([three, four]).toEqual([two, two]);
  });

  test("counts at most a quarter of the weights at half the width", () => {
    const ratio = total(countByStage(18, 64), "parameters") / total(countByStage(18, 32), "parameters");
    expect(ratio).toBeGreaterThan(3.98);
    expect(ratio).toBeLessThan(4);
  });

  test("sees as far as a walk back through the layers, pixel by pixel", () => {
    const layers = [
      [3, 1],
      [3, 1],
      [3, 1],
      [3, 1],
      [3, 1],
      [3, 2],
      [3, 1],
      [3, 1],
      [3, 1]
    ]; // up to the end of layer2
    let [low, high] = [0, 0];
    for (const [kernel, stride] of layers.reverse()) [low, high] = [low * stride - 1, high * stride - 1 + kernel - 1];
    expect(countByStage(18, 8)[2].field).toBe(high - low + 1);
  });

  test("leaves the paper's stem a last stage of one cell at 32 px, ours of 4 × 4", () => {
    expect(countByStage(18, 8, {stem: "7×7 and max-pool"}).map(({side}) => side)).toEqual([8, 8, 4, 2, 1, 1]);
    expect(countByStage(18, 8).map(({side}) => side)).toEqual([32, 32, 16, 8, 4, 1]);
  });

  test("refuses a depth that is not built of its basic blocks", () => {
    expect(() => countByStage(20, 8)).toThrow(/depth/);
  });
});

test("outputSide counts the places a window fits at", () => {
  for (const [side, kernel, stride, padding] of [
    [32, 3, 2, 1],
    [15, 3, 2, 1],
    [32, 7, 2, 3],
    [5, 1, 2, 0]
  ]) {
    let places = 0;
    for (let start = -padding; start + kernel <= side + padding; start += stride) ++places;
    expect(outputSide(side, kernel, stride, padding)).toBe(places);
  }
});
