import * as tf from "@tensorflow/tfjs";
import {steadyBackend, type BackendReport} from "../../src/components/ops/backend.js";
import {device} from "../../src/components/ops/webgpu/backend.js";
import {lossSoon} from "../../src/components/ops/webgpu/health.js";
import {control} from "../../src/components/train/control.js";
import type {RunEnd, RunEvent, RunSpec} from "../../src/components/train/protocol.js";
import type {Task} from "../../src/components/train/task.js";
import {training} from "../../src/components/train/training.js";
import type {Message} from "../../tools/bench/inWorker.js";
import {memoryStore} from "../train/memoryStore.js";
import {plan, tiny, tinyData} from "../train/tiny.js";

/** A run on WebGPU as its page hears it. */
interface Heard {
  end: RunEnd;
  events: RunEvent[];
  /** The last checkpoint's bytes. */
  file: string;
  /** Pipelines that were compiled while the run waited for them, after it had begun. */
  late: number;
}

export interface DeviceResult {
  backend: BackendReport;
  whole: Heard;
  /** The device is destroyed in the third epoch; before the first checkpoint. */
  lost: Heard;
  lostEarly: Heard;
  /** Every device is destroyed. */
  lostAlways: Heard;
  /** A step asks for a buffer that is larger than any may be. */
  short: Heard;
  left: number;
}

const backend = steadyBackend("webgpu");
const spec = {module: "tiny", config: {}, ...plan} as RunSpec;

async function run(task: Task): Promise<Heard> {
  const store = memoryStore();
  const events: RunEvent[] = [];
  let late = 0;
  const load = async () => {
    await backend();
    const created = device().createComputePipeline;
    device().createComputePipeline = function (...given) {
      if (events.some(({type}) => type === "started")) ++late;
      return created.apply(this, given);
    };
    return {task, data: tinyData()};
  };
  const on = (event: RunEvent) => void events.push(structuredClone(event)); // as it crosses to a page
  const end = await training(spec, null, {load, store, control: control(), on, lost: lossSoon});
  const [kept] = store.kept.values();
  return {end, events, file: kept ? String.fromCharCode(...kept.file) : "", late};
}

const ours = tiny as unknown as Task;

/** The tiny task; before the `at`-th batch on a device is drawn, that is destroyed: so are `count` of them. */
function mortal(at: number, count = 1): Task {
  const drawn = new Map<GPUDevice, number>();
  return {
    ...ours,
    sample(...given) {
      const times = (drawn.get(device()) ?? 0) + 1;
      drawn.set(device(), times);
      if (times === at && drawn.size <= count) device().destroy();
      return ours.sample(...given);
    }
  };
}

const greedy: Task = {
  ...ours,
  step(...given) {
    tf.fill([device().limits.maxBufferSize / 4 + 1024], 1);
    return ours.step(...given);
  }
};

async function all(): Promise<DeviceResult> {
  const report = await backend();
  const whole = await run(ours);
  const lost = await run(mortal(15));
  const lostEarly = await run(mortal(3));
  const lostAlways = await run(mortal(3, 9));
  await backend();
  const short = await run(greedy);
  return {backend: report, whole, lost, lostEarly, lostAlways, short, left: tf.memory().numTensors};
}

onmessage = async () => {
  const post = (message: Message<DeviceResult>) => postMessage(message);
  try {
    post({result: await all()});
  } catch (error) {
    post({error: String((error as Error).stack)});
  }
};
