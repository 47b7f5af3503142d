import {expect, test} from "vitest";
import {parseRunRecord} from "../../src/components/data/runRecord.js";
import {recordedRun} from "./recordedRun.js";

const record = recordedRun();
const read = (changes: object) => () => parseRunRecord({...record, ...changes});

test("a record reads as it was written", () => {
  expect(parseRunRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
  const clusters = {testAccuracy: 0.9, kmeans: {accuracy: 0.6, nmi: 0.5, ari: 0.4}};
  expect(parseRunRecord({...record, final: clusters}).final).toEqual(clusters);
});

test("what may be missing may be missing", () => {
  const {memory: _, ...machine} = record.machine;
  const {stages: __, ...recipe} = record.recipe;
  expect(parseRunRecord({...record, machine, recipe, weights: null})).toMatchObject({machine, recipe});
});

test.each([
  [{machine: undefined}, "expected machine to be an object, got nothing"],
  [{name: "../weights"}, 'expected name to be of letters a … z, digits, . and -, got "../weights"'],
  [{commits: []}, "expected commits to be a list of at least one commit, got []"],
  [{seed: 1.5}, "expected seed to be a whole number ≥ 0, got 1.5"],
  [{final: {testAccuracy: "85 %"}}, 'expected final.testAccuracy to be a finite number or an object of such, got "85 %"'],
  [{final: {kmeans: {nmi: NaN}}}, 'expected final.kmeans to be a finite number or an object of such, got {"nmi":null}'],
  [{data: {...record.data, evaluated: {split: "train", count: 1}}}, "expected data.evaluated.split to be test or validation"],
  [{weights: {...record.weights, digest: "ab"}}, 'expected weights.digest to be a SHA-256 in hexadecimal, got "ab"'],
  [{epochs: [{...record.epochs[0], train: {loss: null}}]}, "expected epochs[0].train.loss to be a finite number, got null"],
  [{recipe: {...record.recipe, schedule: {kind: "cosine"}}}, "expected recipe.schedule.rate to be a finite number, got nothing"],
  [{machine: {...record.machine, gpu: "none"}}, "expected no field machine.gpu, got one"]
])("a record names the first field that is wrong: %j", (changes, message) => {
  expect(read(changes)).toThrow(`parseRunRecord: ${message}`);
}); // prettier-ignore

test("a record is an object", () => {
  expect(() => parseRunRecord([])).toThrow("parseRunRecord: expected the record to be an object, got []");
});
