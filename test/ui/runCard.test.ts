// @vitest-environment jsdom
import {expect, test} from "vitest";
import {runCard} from "../../src/components/ui/runCard.js";

const record = {
  name: "resnet-from-scratch-1",
  command: "npm run train -- resnet-from-scratch",
  seed: 7,
  data: {name: "cifar10", note: "", digest: "0123456789abcdef"},
  machine: "2 cores",
  seconds: 5100,
  final: {testAccuracy: 0.8561, testLoss: 0.44123},
  epochs: [{epoch: 1, train: {}, test: {}}]
};

test("a card shows results in their units and everything that makes the run again", () => {
  const text = runCard(record).textContent!;
  for (const part of ["85.61 %", "0.4412", record.command, "7", "0123456789ab…", "1 epoch in 1 h 25 min", "2 cores"])
    expect(text).toContain(part);
});

test("a note on the data is shown whenever there is one", () => {
  expect(runCard(record).querySelector(".run-note")).toBeNull();
  const card = runCard({...record, data: {...record.data, note: "Re-encoded images."}});
  expect(card.querySelector(".run-note")!.textContent).toBe("Re-encoded images.");
});
