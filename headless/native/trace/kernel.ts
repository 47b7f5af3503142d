import * as tf from "@tensorflow/tfjs";
import {recordingNow, tensorInfo, traceName, valueOf} from "./backend.js";
import {flopsOf} from "./flops.js";
import type {Recording, Value} from "./value.js";

/** A kernel's inputs by name; those of a list stand under "0", "1", … */
export type Inputs = Record<string, Value>;

/** What tfjs hands a kernel beside its inputs. */
export type Attributes = Record<string, unknown>;

/** How one tfjs kernel is written in ONNX. */
export type Translation = (inputs: Inputs, attributes: never, recording: Recording) => Value | Value[];

/** Kernels by the name tfjs gives them. */
export type Table = Record<string, Translation>;

const seen = new Set<string>();

/** The kernels translated since the last call, for tests that ask whether each was reached. */
export function kernelsSeen(): string[] {
  const names = [...seen];
  seen.clear();
  return names;
}

/** Gives the trace backend the table's kernels; one that stands there already, an op's plain composition, gives way. */
export function translate(table: Table): void {
  for (const [name, translation] of Object.entries(table))
    replace(name, ({inputs, attrs}) => {
      seen.add(name);
      const values = Object.entries(inputs).flatMap(([key, tensor]) => (tensor ? [[key, valueOf(tensor)]] : []));
      const recording = recordingNow();
      const given = [Object.fromEntries(values) as Inputs, (attrs ?? {}) as Attributes] as const;
      const made = translation(given[0], given[1] as never, recording);
      recording.flops += flopsOf(name, ...given, made);
      return Array.isArray(made) ? made.map(tensorInfo) : tensorInfo(made);
    });
}

/** Makes every other kernel that tfjs knows an error that says its name and who called it. */
export function refuseOthers(): void {
  for (const {kernelName} of tf.getKernelsForBackend("cpu"))
    if (!tf.getKernel(kernelName, traceName))
      replace(kernelName, () => {
        throw new Error(`trace: expected kernels with a translation, got ${kernelName}, called${caller()}`);
      });
}

function replace(kernelName: string, kernelFunc: tf.KernelFunc): void {
  if (tf.getKernel(kernelName, traceName)) tf.unregisterKernel(kernelName, traceName); // registering twice warns
  tf.registerKernel({kernelName, backendName: traceName, kernelFunc});
}

const ofTracing = /node_modules|^node:|^headless\/|^src\/components\/math\/random/;

/** ` at file:line:column` of the code that called tfjs, or an Rng, from the stack. */
export function caller(): string {
  const {stackTraceLimit} = Error;
  Error.stackTraceLimit = 100;
  const frames = new Error().stack?.split("\n").slice(1) ?? [];
  Error.stackTraceLimit = stackTraceLimit;
  const places = frames.flatMap((frame) => /((?:file:\/\/|node:|\/)[^()]*:\d+:\d+)\)?$/.exec(frame)?.[1] ?? []);
  const relative = places.map((place) => place.replace("file://", "").replace(`${process.cwd()}/`, ""));
  const ours = relative.find((place) => !ofTracing.test(place));
  return ours ? ` at ${ours}` : " from outside this project";
}
