import {rng as seeded} from "../math/random.js";
import {curvature} from "./curvature.js";
import {chosen, type ProbeOptions} from "./linearProbe.js";
import {logisticRegression, logitsOf} from "./logisticRegression.js";
import {accuracy} from "./metrics.js";
import {meanAndDeviation} from "./meanAndDeviation.js";
import {plainProducts} from "./products.js";
import {checkColumns, checkLabels, sizeOf, take, type Labelled} from "./rows.js";
import {scaleOf, standardise} from "./standardise.js";

/** What a probe reaches with so many labels of each class: mean and deviation over draws of the labels. */
export interface LabelPoint {
  perClass: number;
  accuracy: number;
  deviation: number;
}

const fixedDecay = 0.01; // in the middle of what is tried
const fewest = 10;
const drawsOf = (perClass: number) => (perClass < 1000 ? 5 : 2); // the more labels, the less a draw matters

/**
 * The linear probe's test accuracy against the number of labels. Each of five draws, two from 1,000 on, takes n training
 * rows of every class at random; λ is chosen as in `linearProbe`, among these rows alone. Below 10 rows a class there is
 * nothing to hold out, and λ is 0.01, fixed beforehand. Features are standardised by all training rows, which takes no
 * label.
 *
 * @param counts n for each point; none may exceed the smallest class.
 * @throws RangeError if features and labels do not fit, or a class has too few rows.
 */
export async function labelEfficiency(
  train: Labelled,
  test: Labelled,
  counts: readonly number[],
  {classes, seed = 0, products = plainProducts}: ProbeOptions & {classes: number}
): Promise<LabelPoint[]> {
  for (const set of [train, test]) {
    sizeOf("labelEfficiency", set.features);
    checkLabels("labelEfficiency", set, classes);
  }
  checkColumns("labelEfficiency", train.features, test.features);
  const scale = scaleOf(train.features);
  const seen = standardise(test.features, scale);
  const columns = train.features.shape[1];
  const precondition =
    Math.max(...counts) * classes < columns ? undefined : await curvature(standardise(train.features, scale), products);
  const one = async (perClass: number, draw: number): Promise<number> => {
    const rows = drawn(train.labels, {perClass, classes}, seeded(seed).fork("labels", perClass, draw));
    const features = standardise(take(train.features, rows), scale);
    const some = {features, labels: rows.map((row) => train.labels[row])};
    const solver = rows.length < columns ? {products} : {products, precondition}; // few rows are quick without
    const {decay, linear: from} =
      perClass < fewest ? {decay: fixedDecay, linear: undefined} : await chosen(some, classes, solver);
    const linear = await logisticRegression(some, classes, {decay, tolerance: 1e-4, from, ...solver});
    return accuracy(await logitsOf(linear, seen, products), test.labels);
  };
  const points: LabelPoint[] = [];
  for (const perClass of counts) {
    const reached: number[] = [];
    for (let draw = 0; draw < drawsOf(perClass); ++draw) reached.push(await one(perClass, draw));
    const {mean, deviation} = meanAndDeviation(reached);
    points.push({perClass, accuracy: mean, deviation});
  }
  return points;
}

/** So many rows of every class, in random order. */
function drawn(
  labels: ArrayLike<number>,
  {perClass, classes}: {perClass: number; classes: number},
  rng: ReturnType<typeof seeded>
): number[] {
  const left = new Array<number>(classes).fill(perClass);
  const rows = Array.from(rng.permutation(labels.length)).filter((row) => left[labels[row]]-- > 0);
  if (rows.length !== perClass * classes)
    throw new RangeError(`labelEfficiency: expected ${perClass} rows of every class, got a class with fewer`);
  return rows;
}
