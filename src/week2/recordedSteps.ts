import type {StepTimes} from "./stepTime.js";

/** What `npm run bench -- steps --record` measured last; it writes this file. */
export const recordedSteps: StepTimes = {
  command: "npm run bench -- steps --rounds 7 --record",
  date: "2026-11-23",
  machine: "Intel(R) Xeon(R) Processor, onnxruntime 1.30.0, 1 thread",
  batch: 128,
  steps: [
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=sgd"], side: 32, milliseconds: 407.7},
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=rmsprop"], side: 32, milliseconds: 415.8},
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=adam"], side: 32, milliseconds: 412.8},
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=adamw"], side: 32, milliseconds: 418.5},
    {recipe: "optimizer-benchmarks", set: ["config.algorithm=sam"], side: 32, milliseconds: 836.5},
    {recipe: "cnn-architectures", set: [], side: 32, milliseconds: 407.2},
    {recipe: "cnn-architectures", set: ["config.network=convnext", "config.width=48"], side: 32, milliseconds: 497.8},
    {
      recipe: "cnn-architectures",
      set: ["config.network=efficientnet", "config.width=16"],
      side: 32,
      milliseconds: 1962
    },
    {recipe: "resnet-from-scratch", set: ["config.width=16"], side: 16, milliseconds: 117.2},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.nesterov=off"], side: 16, milliseconds: 109},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.shortcuts=off"], side: 16, milliseconds: 109.4},
    {recipe: "resnet-from-scratch", set: ["config.width=32"], side: 16, milliseconds: 326.6},
    {recipe: "resnet-from-scratch", set: [], side: 16, milliseconds: 1092},
    {recipe: "resnet-from-scratch", set: ["config.width=16"], side: 24, milliseconds: 277.3},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.nesterov=off"], side: 24, milliseconds: 250.4},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.shortcuts=off"], side: 24, milliseconds: 239},
    {recipe: "resnet-from-scratch", set: ["config.width=32"], side: 24, milliseconds: 749.9},
    {recipe: "resnet-from-scratch", set: [], side: 24, milliseconds: 2419},
    {recipe: "resnet-from-scratch", set: ["config.width=16"], side: 32, milliseconds: 456.2},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.nesterov=off"], side: 32, milliseconds: 430.8},
    {recipe: "resnet-from-scratch", set: ["config.width=16", "config.shortcuts=off"], side: 32, milliseconds: 405},
    {recipe: "resnet-from-scratch", set: ["config.width=32"], side: 32, milliseconds: 1243},
    {recipe: "resnet-from-scratch", set: [], side: 32, milliseconds: 4012}
  ]
};
