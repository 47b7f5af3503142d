import {expect, test} from "vitest";
import {parseRunRecord} from "../../src/components/data/runRecord.js";

const record = {
  name: "resnet-from-scratch-seed-1",
  command: "npm run train -- resnet-from-scratch --seed 1",
  seed: 1,
  data: {name: "cifar10", note: "", digest: "ab"},
  machine: "2 cores",
  seconds: 60,
  final: {testAccuracy: 0.5},
  epochs: [{epoch: 1, train: {loss: 2}, test: {loss: 2.1, accuracy: 0.5}}]
};

test("a record reads as it was written", () => {
  expect(parseRunRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
});

test("a record names the first field that is wrong, deep ones too", () => {
  const {machine: _, ...without} = record;
  expect(() => parseRunRecord(without)).toThrow("parseRunRecord: expected machine to be a text, got nothing");
  expect(() => parseRunRecord([])).toThrow("expected the record to be an object, got []");
  expect(() => parseRunRecord({...record, final: {testAccuracy: "85 %"}})).toThrow(
    'expected final.testAccuracy to be a finite number, got "85 %"'
  );
  const epochs = [{epoch: 1, train: {loss: null}, test: {}}];
  expect(() => parseRunRecord({...record, epochs})).toThrow(
    "expected epochs[0].train.loss to be a finite number, got null"
  );
});
