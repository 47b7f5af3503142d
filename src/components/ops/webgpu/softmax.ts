import type * as tf from "@tensorflow/tfjs";
import {allocate} from "./backend.js";
import {added, each, groupsForRows, joined, larger, meeting, ownRow, size} from "./rows.js";
import {run, type Shader} from "./shader.js";

type Rows = {rows: number; length: number};

const reading = (...names: string[]) => names.map((name) => ({name, type: "f32"}));
const writing = (...names: string[]) => names.map((name) => ({name, type: "f32", written: true}));

/** `highest` of the row's logits and `sum` of exp(logit − highest). */
const normaliser = (length: number) => `var highest = -3.4e38;
  ${each(length, "highest = max(highest, logits[base + k]);")}
  ${joined(length, "highest", larger)}
  var sum = 0.0;
  ${each(length, "sum += exp(logits[base + k] - highest);")}
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

const probabilities = rowShader("softmax", ["p", "logits"], ({length}) => {
  return `${normaliser(length)} ${each(length, "p[base + k] = exp(logits[base + k] - highest) / sum;")}`;
});

const softmaxGradients = rowShader("softmax gradient", ["dLogits", "dy", "p"], ({length}) => {
  return `var along = 0.0;
  ${each(length, "along += dy[base + k] * p[base + k];")}
  ${joined(length, "along", added)}
  ${each(length, "dLogits[base + k] = p[base + k] * (dy[base + k] - along);")}`;
});

function onRows(shader: Shader<Rows>, x: tf.Tensor, others: tf.Tensor[], shape: number[]): tf.Tensor {
  const length = x.shape.at(-1)!;
  const rows = x.size / length;
  const y = allocate(shape);
  run(shader, {rows, length}, [y, ...others], groupsForRows(rows, length));
  return y;
}

/** The loss of each row of `softmaxCrossEntropy`. */
export const crossEntropy = ({logits, targets}: Record<"logits" | "targets", tf.Tensor>): tf.Tensor =>
  onRows(entropies, logits, [logits, targets], [logits.shape[0]]);

/** Its gradient by the logits. */
export const crossEntropyGradient = ({
  dy,
  logits,
  targets
}: Record<"dy" | "logits" | "targets", tf.Tensor>): tf.Tensor =>
  onRows(entropyGradients, logits, [dy, logits, targets], logits.shape);

/** exp(x) / Σ exp(x) of each row. */
export const softmax = (x: tf.Tensor): tf.Tensor => onRows(probabilities, x, [x], x.shape);

/** Its gradient, from dy and the softmax itself: p ∘ (dy − Σ dy p). */
export const softmaxGradient = (dy: tf.Tensor, p: tf.Tensor): tf.Tensor =>
  onRows(softmaxGradients, p, [dy, p], p.shape);
