import {lbfgs, type Slope} from "../math/lbfgs.js";
import type {Preconditioner} from "./curvature.js";
import {plainProducts, type Products} from "./products.js";
import {checkColumns, checkLabels, sizeOf, type Labelled, type Rows} from "./rows.js";

/** A linear classifier: logits = W x + b. */
export interface Linear {
  weight: Rows; // (K, D)
  bias: Float64Array; // (K)
}

interface Options {
  /** λ. */
  decay: number;
  /** Ends when no component of the gradient is larger. */
  tolerance?: number;
  /** Where to begin; zeros unless told. The minimum does not depend on it for λ > 0. */
  from?: Linear;
  products?: Products;
  /** Of features like these, for speed. */
  precondition?: Preconditioner;
}

/**
 * Multinomial logistic regression on all rows at once, by L-BFGS. Bishop 2006, section 4.3.4, with weight decay:
 *
 *   L(W, b) = (1/N) Σₙ −log softmax(W xₙ + b)[yₙ] + (λ/2) ‖W‖²,   ∇W = (1/N) Σₙ (pₙ − yₙ) xₙᵀ + λ W
 *
 * Convex, and strictly so in W for λ > 0; the bias is not decayed. No chance is involved: the same rows give the same
 * classifier.
 *
 * @throws RangeError if the labels do not fit the rows, or λ < 0.
 */
export async function logisticRegression(
  set: Labelled,
  classes: number,
  {decay, tolerance = 1e-6, from, products = plainProducts, precondition}: Options
): Promise<Linear> {
  const [, columns] = sizeOf("logisticRegression", set.features);
  checkLabels("logisticRegression", set, classes);
  if (!(decay >= 0)) throw new RangeError(`logisticRegression: expected decay ≥ 0, got ${decay}`);
  const start = new Float64Array(classes * (columns + 1));
  if (from) {
    start.set(from.weight.data);
    start.set(from.bias, classes * columns);
  }
  const {x} = await lbfgs((x) => loss(set, split(x, classes), decay, products), start, {
    tolerance,
    iterations: 300,
    precondition
  });
  return split(x, classes);
}

/** W and b in one vector, b at the end; they share its memory. */
function split(x: Float64Array, classes: number): Linear {
  const columns = x.length / classes - 1;
  const weights = classes * columns;
  return {weight: {data: x.subarray(0, weights), shape: [classes, columns]}, bias: x.subarray(weights)};
}

/** The value and the gradient of L, W's first. */
async function loss({features, labels}: Labelled, linear: Linear, decay: number, products: Products): Promise<Slope> {
  const logits = await logitsOf(linear, features, products);
  const [rows, classes] = logits.shape;
  const {value, residuals} = residualsOf(logits, labels);
  const {data} = await products.ofColumns(residuals, features); // (K, D)
  const {weight, bias} = linear;
  const gradient = new Float64Array(weight.data.length + bias.length);
  let square = 0;
  for (let i = 0; i < weight.data.length; ++i) {
    gradient[i] = data[i] + decay * weight.data[i];
    square += weight.data[i] ** 2;
  }
  for (let n = 0; n < rows; ++n)
    for (let k = 0; k < classes; ++k) gradient[weight.data.length + k] += residuals.data[n * classes + k];
  return {value: value + (decay / 2) * square, gradient};
}

/** The mean cross-entropy, and (p − y) / N by row. */
function residualsOf({data, shape: [rows, classes]}: Rows, labels: ArrayLike<number>) {
  const residuals = new Float64Array(rows * classes);
  let value = 0;
  for (let n = 0; n < rows; ++n) {
    const row = n * classes;
    let largest = -Infinity;
    let total = 0;
    for (let k = row; k < row + classes; ++k) largest = Math.max(largest, data[k]);
    for (let k = row; k < row + classes; ++k) total += residuals[k] = Math.exp(data[k] - largest);
    for (let k = row; k < row + classes; ++k) residuals[k] /= total * rows;
    value += (Math.log(total) + largest - data[row + labels[n]]) / rows;
    residuals[row + labels[n]] -= 1 / rows;
  }
  return {value, residuals: {data: residuals, shape: [rows, classes]}};
}

/** W x + b for each row: (N, D) to (N, K). @throws RangeError if the rows are not W's. */
export async function logitsOf(
  {weight, bias}: Linear,
  features: Rows,
  products: Products = plainProducts
): Promise<Rows> {
  checkColumns("logitsOf", weight, features);
  const {data, shape} = await products.ofRows(features, weight);
  const logits = new Float64Array(data);
  for (let i = 0; i < logits.length; ++i) logits[i] += bias[i % bias.length];
  return {data: logits, shape};
}
