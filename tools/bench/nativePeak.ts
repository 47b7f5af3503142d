import * as tf from "@tensorflow/tfjs";
import {experiments, openExperiment} from "./nativeSteps.js";

// The most memory that this process ever held, in MB, after some steps of the first experiment.
await tf.setBackend("cpu");
const step = await openExperiment(experiments[0]);
for (let i = 0; i < 3; i++) await step.run();
console.log(process.resourceUsage().maxRSS / 1024);
await step.release();
