import * as tf from "@tensorflow/tfjs";
import {fits} from "./webgpu/backend.js";

/** The backends an op runs on. `trace` records a step instead of computing it. */
export const backends = ["cpu", "wasm", "webgpu", "trace"] as const;
export type BackendName = (typeof backends)[number];

type Inputs = Record<string, tf.Tensor>;
type Outputs = tf.Tensor | tf.Tensor[];
type Attributes = Record<string, number | boolean | number[]>;

/** What an op computes: inputs and attributes to one tensor or several. It leaves its inputs as they are. */
export type Compute<I extends Inputs, A extends Attributes, O extends Outputs> = (inputs: I, attributes: A) => O;

/** A way for one backend; it gives null where the plain composition serves better, for example for another type of number. */
export type Variant<I extends Inputs, A extends Attributes, O extends Outputs> = (inputs: I, attributes: A) => O | null;

/** A vector–Jacobian product: the gradient for the outputs, what was saved, and one thunk per input. */
export interface Gradient<I extends Inputs, A extends Attributes, O extends Outputs, S extends keyof I> {
  /** Names of the inputs the rule reads. */
  inputs?: S[];
  /** Which outputs the rule reads, by position. */
  outputs?: boolean[];
  /** Written with ops, so that the backward pass has variants too. An output that nothing read has a gradient of zeros. */
  rule(dy: O, saved: Pick<I, S>, outputs: tf.Tensor[], attributes: A): {[K in keyof I]: () => tf.Tensor};
}

export interface Op<I extends Inputs, A extends Attributes, O extends Outputs, S extends keyof I> {
  /** The kernel is registered as `Dlm` + name. */
  name: string;
  /** The reference, a composition of stock tfjs ops: what every backend runs that has no variant. */
  plain: Compute<I, A, O>;
  /** Faster ways to the same numbers, tested against `plain`. */
  variants?: Partial<Record<BackendName, Variant<I, A, O>>>;
  gradient?: Gradient<I, A, O, S>;
}

/**
 * Registers an operation as a tfjs kernel of our own name, on every backend, and returns it as a function.
 *
 * While the kernel runs the tape is off, so the ops inside it are not recorded; the op's own gradient is. Stock
 * kernels and gradients stay as they are. A module that is evaluated again replaces its registration.
 */
export function defineOp<I extends Inputs, A extends Attributes, O extends Outputs, S extends keyof I = never>(
  op: Op<I, A, O, S>
): Compute<I, A, O> {
  const kernelName = `Dlm${op.name}`;
  for (const backendName of backends) {
    const compute = choose(op, backendName);
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName); // registering twice warns
    tf.registerKernel({kernelName, backendName, kernelFunc: kernel(compute)});
  }
  if (op.gradient) tf.registerGradient({kernelName, ...gradientConfig(op.gradient)});
  return (inputs, attributes) => tf.engine().runKernel(kernelName, inputs, attributes) as O;
}

/** What a backend runs. On WebGPU a variant also needs a tfjs that it was written for. */
function choose<I extends Inputs, A extends Attributes, O extends Outputs, S extends keyof I>(
  {plain, variants}: Op<I, A, O, S>,
  backendName: BackendName
): Compute<I, A, O> {
  const variant = variants?.[backendName];
  if (!variant) return plain;
  const usable = backendName === "webgpu" ? fits : () => true;
  return (inputs, attributes) => (usable() ? variant(inputs, attributes) : null) ?? plain(inputs, attributes);
}

function kernel<I extends Inputs, A extends Attributes, O extends Outputs>(compute: Compute<I, A, O>): tf.KernelFunc {
  return ({inputs, attrs}) => {
    const given = new Set(Object.values(inputs));
    const fresh = (t: tf.Tensor) => (given.has(t) ? tf.clone(t) : t); // an output has an identity of its own on the tape
    return tf.tidy(() => {
      const out = compute(inputs as unknown as I, attrs as unknown as A);
      return (Array.isArray(out) ? out.map(fresh) : fresh(out)) as tf.Tensor;
    });
  };
}

function gradientConfig<I extends Inputs, A extends Attributes, O extends Outputs, S extends keyof I>(
  gradient: Gradient<I, A, O, S>
): Omit<tf.GradConfig, "kernelName"> {
  const names = (gradient.inputs ?? []) as string[];
  return {
    inputsToSave: names,
    outputsToSave: gradient.outputs,
    gradFunc(dy, saved, attrs) {
      const inputs = Object.fromEntries(names.map((name, i) => [name, saved[i]])) as Pick<I, S>;
      const rules = gradient.rule(dy as O, inputs, saved.slice(names.length), attrs as unknown as A);
      // Backpropagation frees a gradient once it has been added to another, so dy itself must not be returned.
      return Object.fromEntries(
        Object.entries(rules).map(([name, rule]) => [
          name,
          () => {
            const gradientOfInput = (rule as () => tf.Tensor)();
            return gradientOfInput === dy ? tf.clone(gradientOfInput) : gradientOfInput;
          }
        ])
      );
    }
  };
}

/** A variant for inputs of float32 numbers alone, none of them empty. */
export const floats =
  <I extends Inputs, A extends Attributes, O extends Outputs>(compute: Variant<I, A, O>): Variant<I, A, O> =>
  (inputs, attributes) =>
    Object.values(inputs).every((t) => t === undefined || (t.dtype === "float32" && t.size > 0))
      ? compute(inputs, attributes)
      : null;
