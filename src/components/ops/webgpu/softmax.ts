import type * as tf from "@tensorflow/tfjs";
import {allocate} from "./backend.js";
import {added, each, groupsForRows, joined, larger, meeting, ownRow, size} from "./rows.js";
import {run, type Shader} from "./shader.js";

type Rows = {rows: number; length: number};

const reading = (...names: string[]) => names.map((name) => ({name, type: "f32"}));
const writing = (...names: string[]) => names.map((name) => ({name, type: "f32", written: true}));

/** `highest` of the row's logits and `sum` of exp(logit − highest). */
const normaliser = (length: number, logit = "logits[base + k]") => `var highest = -3.4e38;
  ${each(length, `highest = max(highest, ${logit});`)}
  ${joined(length, "highest", larger)}
  var sum = 0.0;
  ${each(length, `sum += exp(${logit} - highest);`)}
  ${joined(length, "sum", added)}`;

const rowShader = (name: string, [output, ...inputs]: string[], body: (rows: Rows) => string): Shader<Rows> => ({
  name,
  size,
  bindings: () => [...writing(output), ...reading(...inputs)],
  declarations: ({length}) => meeting(length),
  body: (rows) => `${ownRow(rows.rows, rows.length)} ${body(rows)}`
});

const entropies = rowShader("softmax cross-entropy", ["loss", "logits", "targets"], ({length}) => {
  return `${normaliser(length)}
  var part = 0.0;
  ${each(length, "part += targets[base + k] * (log(sum) + highest - logits[base + k]);")}
  ${joined(length, "part", added)}
  loss[row] = part;`;
});

const entropyGradients = rowShader(
  "softmax cross-entropy gradient",
  ["dLogits", "dy", "logits", "targets"],
  ({length}) => `${normaliser(length)}
  var mass = 0.0;
  ${each(length, "mass += targets[base + k];")}
  ${joined(length, "mass", added)}
  ${each(length, "dLogits[base + k] = dy[row] * (exp(logits[base + k] - highest) / sum * mass - targets[base + k]);")}`
);

/** Rows whose logits are scaled, and lowered where one of `masks` rows of a mask says so. */
type Masked = Rows & {scale: number; masks: number; unseen: number};

const probabilities: Shader<Masked> = {
  name: "softmax",
  size,
  bindings: ({masks}) => [...writing("p"), ...reading("logits", ...(masks ? ["mask"] : []))],
  declarations: ({length, scale, masks, unseen}) => `${meeting(length)}
fn logit(row: i32, k: i32) -> f32 {
  let seen = logits[row * ${length} + k] * ${scale};
  return seen${masks ? ` + (1.0 - mask[row % ${masks} * ${length} + k]) * ${unseen}` : ""};
}`,
  body: ({rows, length}) => `${ownRow(rows, length)}
  ${normaliser(length, "logit(row, k)")}
  ${each(length, "p[base + k] = exp(logit(row, k) - highest) / sum;")}`
};

const softmaxGradients: Shader<Rows & {scale: number}> = {
  name: "softmax gradient",
  size,
  bindings: () => [...writing("dLogits"), ...reading("dy", "p")],
  declarations: ({length}) => meeting(length),
  body: ({rows, length, scale}) => `${ownRow(rows, length)}
  var along = 0.0;
  ${each(length, "along += dy[base + k] * p[base + k];")}
  ${joined(length, "along", added)}
  ${each(length, `dLogits[base + k] = ${scale} * p[base + k] * (dy[base + k] - along);`)}`
};

const rowsIn = (x: tf.Tensor): Rows => ({rows: x.size / x.shape.at(-1)!, length: x.shape.at(-1)!});

function onRows<P extends Rows>(shader: Shader<P>, parameters: P, tensors: tf.Tensor[], shape: number[]): tf.Tensor {
  const y = allocate(shape);
  run(shader, parameters, [y, ...tensors], groupsForRows(parameters.rows, parameters.length));
  return y;
}

/** The loss of each row of `softmaxCrossEntropy`. */
export const crossEntropy = ({logits, targets}: Record<"logits" | "targets", tf.Tensor>): tf.Tensor =>
  onRows(entropies, rowsIn(logits), [logits, targets], [logits.shape[0]]);

/** Its gradient by the logits. */
export const crossEntropyGradient = ({
  dy,
  logits,
  targets
}: Record<"dy" | "logits" | "targets", tf.Tensor>): tf.Tensor =>
  onRows(entropyGradients, rowsIn(logits), [dy, logits, targets], logits.shape);

/** exp(z) / Σ exp(z) of each row, z = scale · logits, lowered by `unseen` where the mask (T, S) is 0. */
export function softmax(
  logits: tf.Tensor,
  {scale, mask, unseen}: {scale: number; mask?: tf.Tensor; unseen: number}
): tf.Tensor {
  const parameters = {...rowsIn(logits), scale, masks: mask ? mask.shape[0] : 0, unseen};
  return onRows(probabilities, parameters, [logits, ...(mask ? [mask] : [])], logits.shape);
}

/** The gradient by the logits, from dy and the softmax itself: scale · p ∘ (dy − Σ dy p). */
export const softmaxGradient = (dy: tf.Tensor, p: tf.Tensor, scale: number): tf.Tensor =>
  onRows(softmaxGradients, {...rowsIn(p), scale}, [dy, p], p.shape);
