import {rng as seeded} from "../math/random.js";
import {curvature, type Preconditioner} from "./curvature.js";
import {logisticRegression, logitsOf, type Linear} from "./logisticRegression.js";
import {accuracy, confusion} from "./metrics.js";
import {plainProducts, type Products} from "./products.js";
import {checkColumns, checkLabels, sizeOf, span, type Labelled, type Rows} from "./rows.js";
import {scaleOf, standardise} from "./standardise.js";

/** What a linear classifier makes of frozen features. Accuracies are fractions. */
export interface Probe {
  /** On the test rows. */
  accuracy: number;
  /** On the test rows of each class; NaN for a class that has none. */
  perClass: number[];
  /** λ, as it was chosen, and the accuracy on the held-out training rows that chose it. */
  decay: number;
  heldOut: number;
  /** Of standardised features. */
  linear: Linear;
}

export interface ProbeOptions {
  /** Decides which training rows are held out. */
  seed?: number;
  products?: Products;
}

/** λ, from strong to weak: each fit begins where the stronger one ended. */
export const decays = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5];

const heldOutPart = 1 / 5;
const tolerance = 1e-4; // of a gradient; accuracy no longer changes, and float32 products reach it

/**
 * The linear probe: logistic regression on frozen features, trained on the training split and measured once on the test
 * split. Features are standardised by the training rows' mean and deviation. λ is the one of `decays` with the highest
 * accuracy on a fifth of the training rows, held out of the fits that are compared; the largest of equals. The classifier
 * is then fitted to all training rows. No test row has a part in any choice.
 *
 * @throws RangeError if features and labels do not fit, or there are fewer than 5 training rows.
 */
export async function linearProbe(
  train: Labelled,
  test: Labelled,
  classes: number,
  {seed = 0, products = plainProducts}: ProbeOptions = {}
): Promise<Probe> {
  check(train, test, classes);
  const scale = scaleOf(train.features);
  const order = seeded(seed).permutation(train.labels.length);
  const shuffled = {
    features: standardise(train.features, scale, order),
    labels: Array.from(order, (row) => train.labels[row])
  };
  const solver = {products, precondition: await curvature(shuffled.features, products)};
  const {decay, heldOut, linear: from} = await chosen(shuffled, classes, solver);
  const linear = await logisticRegression(shuffled, classes, {decay, tolerance, from, ...solver});
  const logits = await logitsOf(linear, standardise(test.features, scale), products);
  const counts = confusion(logits, test.labels);
  const perClass = counts.map((row, k) => row[k] / row.reduce((sum, n) => sum + n, 0));
  return {accuracy: accuracy(logits, test.labels), perClass, decay, heldOut, linear};
}

/** How the fits of a probe are computed. */
export interface Solver {
  products: Products;
  precondition?: Preconditioner;
}

/** λ by held-out rows, the last of a shuffled set, and the classifier that the others gave with it. */
export async function chosen(
  {features, labels}: {features: Rows; labels: number[]},
  classes: number,
  solver: Solver
): Promise<Pick<Probe, "decay" | "heldOut" | "linear">> {
  const rows = labels.length;
  const kept = rows - Math.floor(rows * heldOutPart);
  const fitted = {features: span(features, 0, kept), labels: labels.slice(0, kept)};
  const asked = {features: span(features, kept), labels: labels.slice(kept)};
  let linear: Linear | undefined;
  let best: Pick<Probe, "decay" | "heldOut" | "linear"> | undefined;
  for (const decay of decays) {
    linear = await logisticRegression(fitted, classes, {decay, tolerance, from: linear, ...solver});
    const heldOut = accuracy(await logitsOf(linear, asked.features, solver.products), asked.labels);
    if (!best || heldOut > best.heldOut) best = {decay, heldOut, linear};
  }
  return best!;
}

function check(train: Labelled, test: Labelled, classes: number): void {
  const [rows] = sizeOf("linearProbe", train.features);
  sizeOf("linearProbe", test.features);
  checkColumns("linearProbe", train.features, test.features);
  for (const set of [train, test]) checkLabels("linearProbe", set, classes);
  if (rows < 5) throw new RangeError(`linearProbe: expected at least 5 training rows, got ${rows}`);
}
