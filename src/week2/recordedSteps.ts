import type {StepTimes} from "./stepTime.js";

/** What `npm run bench -- steps --record` measured last; it writes this file. */
export const recordedSteps: StepTimes = {
  command: "npm run bench -- steps --rounds 3 --record",
  date: "2026-11-23",
  machine: "Intel(R) Xeon(R) Processor, onnxruntime 1.30.0, 1 thread",
  batch: 128,
  steps: [
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=sgd"], side: 32, milliseconds: 444.8},
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=rmsprop"], side: 32, milliseconds: 436.7},
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=adam"], side: 32, milliseconds: 435.7},
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=adamw"], side: 32, milliseconds: 447.9},
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=sam"], side: 32, milliseconds: 910.8},
    {recipe: "cnn-architectures", set: [], side: 32, milliseconds: 427.6},
    {recipe: "cnn-architectures", set: ["config.network=convnext", "config.width=48"], side: 32, milliseconds: 520.4},
    {
      recipe: "cnn-architectures",
      set: ["config.network=efficientnet", "config.width=16"],
      side: 32,
      milliseconds: 2084
    },
    {recipe: "resnet-from-scratch", set: ["config.width=16"], side: 16, milliseconds: 145.6},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.nesterov=off"], side: 16, milliseconds: 150.4},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.shortcuts=off"], side: 16, milliseconds: 112.5},
    {recipe: "resnet-from-scratch", set: ["config.width=32"], side: 16, milliseconds: 354.3},
    {recipe: "resnet-from-scratch", set: [], side: 16, milliseconds: 1179},
    {recipe: "resnet-from-scratch", set: ["config.width=16"], side: 24, milliseconds: 304.2},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.nesterov=off"], side: 24, milliseconds: 268.5},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.shortcuts=off"], side: 24, milliseconds: 241.8},
    {recipe: "resnet-from-scratch", set: ["config.width=32"], side: 24, milliseconds: 800.3},
    {recipe: "resnet-from-scratch", set: [], side: 24, milliseconds: 2461},
    {recipe: "resnet-from-scratch", set: ["config.width=16"], side: 32, milliseconds: 492.7},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.nesterov=off"], side: 32, milliseconds: 457.1},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.shortcuts=off"], side: 32, milliseconds: 434.5},
    {recipe: "resnet-from-scratch", set: ["config.width=32"], side: 32, milliseconds: 1298},
    {recipe: "resnet-from-scratch", set: [], side: 32, milliseconds: 4068}
  ]
};
