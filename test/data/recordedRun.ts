import type {RunRecord} from "../../src/components/data/runRecord.js";

/** A record of the right form with invented numbers: a run of the ResNet page. */
export const recordedRun = (changes: Partial<RunRecord> = {}): RunRecord => ({
  name: "resnet-from-scratch-seed-1",
  recipe: {
    name: "resnet-from-scratch",
    module: "week2/resnetTask",
    config: {data: "cifar10", depth: 18, width: 64, images: 50_000, testImages: 10_000},
    epochs: 2,
    batch: 128,
    schedule: {kind: "one-cycle", rate: 0.1, final: 0.0001},
    stages: [{until: 1, config: {crop: 24}}]
  },
  seed: 1,
  command: "npm run train -- resnet-from-scratch --seed 1",
  commit: "5f1c0d2a".repeat(5),
  commits: ["5f1c0d2a".repeat(5)],
  data: {
    name: "CIFAR-10",
    digest: "0123456789abcdef".repeat(4),
    note: "",
    train: 50_000,
    evaluated: {split: "test", count: 10_000}
  },
  machine: {
    cpu: "An invented processor",
    cores: 2,
    memory: 8e9,
    node: "v20.19.0",
    backend: "onnxruntime 1.30.0, 2 threads",
    platform: "linux x64"
  },
  flops: 3.33e14,
  epochs: [
    {
      epoch: 1,
      train: {loss: 1.6, accuracy: 0.52},
      test: {loss: 1.2, accuracy: 0.61},
      rate: 0.08,
      imagesPerSecond: 70.5,
      seconds: 730
    },
    {epoch: 2, train: {loss: 1.1, accuracy: 0.74}, test: {}, rate: 0, imagesPerSecond: 71, seconds: 720}
  ],
  seconds: 5100,
  final: {testAccuracy: 0.8561, testLoss: 0.44123},
  weights: {file: "weights/resnet-from-scratch-seed-1.safetensors", bytes: 22_400_000, digest: "ab".repeat(32)},
  logits: null,
  ...changes
});
