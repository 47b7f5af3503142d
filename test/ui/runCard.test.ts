// @vitest-environment jsdom
import {expect, test} from "vitest";
import {formatDuration, runCard} from "../../src/components/ui/runCard.js";
import {recordedRun} from "../data/recordedRun.js";

const record = recordedRun();

test("a card shows results in their units and everything that makes the run again", () => {
  const text = runCard(record).textContent!;
  for (const part of [
    "85.61 %",
    "0.4412",
    record.command,
    "0123456789ab…",
    "trained on 50,000 images, measured on 10,000 test images",
    "2 epochs in 1 h 25 min, 0.333 PFLOP",
    "An invented processor, 2 cores, onnxruntime 1.30.0, 2 threads",
    "batch 128, one-cycle with peak rate 0.1; crop 24 until epoch 1"
  ])
    expect(text).toContain(part);
  expect(text).toMatch(/Code5f1c0d2a5f1c$/);
});

test("changes to the code since its commit are not cut off with the commit's end", () => {
  expect(runCard(recordedRun({commit: `${record.commit}+changes`})).textContent).toContain("5f1c0d2a5f1c+changes");
});

test("a method with several results shows each under its name", () => {
  const text = runCard(recordedRun({final: {sharpness: {eigenvalue: 12.5, residual: 0.25}}})).textContent!;
  for (const part of ["sharpness eigenvalue12.5", "sharpness residual0.25"]) expect(text).toContain(part);
});

test("frozen features stand in one table with their baselines, and are not said twice", () => {
  const final = {
    ...{linearProbe: 0.7612, knn: 0.71, knn10: 0.73, kmeans: {accuracy: 0.5375, nmi: 0.438, accuracyDeviation: 0.0004}},
    randomNetwork: {linearProbe: 0.38, knn: 0.34, kmeansAccuracy: 0.195, kmeansAccuracyDeviation: 0.001}
  };
  const probe = {command: "npm run probe", commit: "ab".repeat(20), clusterings: 5, restarts: 20};
  const card = runCard(recordedRun({final, probe}));
  expect([...card.querySelectorAll(".run-results dt")].map((dt) => dt.textContent)).toEqual([
    "linear probe accuracy",
    "kNN accuracy"
  ]);
  const rows = [...card.querySelectorAll("tbody tr")].map((tr) => [...tr.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ["this network", "76.12", "71.00", "73.00", "53.75 ± 0.04", "43.80", "–"],
    ["untrained", "38.00", "34.00", "–", "19.50 ± 0.10", "–", "–"]
  ]);
  expect(card.querySelector(".run-features p")!.textContent).toContain(
    "5 seeds of k-means, each the best of 20 starts"
  );
  expect(runCard(record).querySelector("table")).toBeNull();
});

test("the test accuracy comes first, in whatever order the results were recorded", () => {
  const final = {other: 3, trainLoss: 1, testLoss: 0.5, testAccuracy: 0.9};
  const labels = [...runCard(recordedRun({final})).querySelectorAll(".run-results dt")].map((dt) => dt.textContent);
  expect(labels).toEqual(["test accuracy", "test loss (nats)", "training loss (nats)", "other"]);
});

test("what was measured on held-out training images says so", () => {
  const data = {...record.data, evaluated: {split: "validation" as const, count: 5000}};
  expect(runCard({...record, data}).textContent).toContain("5000 images held out of the training split");
});

test("a note on the data is shown whenever there is one", () => {
  expect(runCard(record).querySelector(".run-note")).toBeNull();
  const card = runCard({...record, data: {...record.data, note: "Re-encoded images."}});
  expect(card.querySelector(".run-note")!.textContent).toBe("Re-encoded images.");
});

test("durations are in words a person would use", () => {
  expect([48, 720, 5100].map(formatDuration)).toEqual(["48 s", "12 min", "1 h 25 min"]);
});

test("series over classes and numbers of labels are left to figures, and a probe names its command", () => {
  const final = {linearProbe: 0.77, knn10: 0.7, testMatched: 0.5, linearProbeByClass: {"0": 0.6, "1": 0.9}};
  const probe = {command: "npm run probe -- w.safetensors", commit: "ab".repeat(20), clusterings: 5, restarts: 20};
  const text = runCard(recordedRun({final, probe})).textContent!;
  expect(text).not.toContain("by class");
  expect(text).toContain("kNN accuracy, k = 1070.00 %");
  expect(text).toContain("matched, test views50.00 %");
  expect(text).toContain("npm run probe -- w.safetensors, k-means of 5 seeds with 20 restarts each");
  expect(runCard(recordedRun()).textContent).not.toContain("k-means of");
});
