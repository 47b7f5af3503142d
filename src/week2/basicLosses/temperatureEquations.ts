import {accuracy, calibration, meanLoss, softmax} from "../../components/evaluate/metrics.js";
import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import type {Rng} from "../../components/math/random.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {byInverse, scaled} from "./temperature.js";

/** Thirty rows of four logits, surer than they should be, with labels. */
const draw = (rng: Rng) => ({
  logits: {data: randomVector(rng, 120).map((z) => 3 * z), shape: [30, 4]},
  labels: Array.from(rng.integers(30, 4))
});

const slope = numbered(
  "scaled-slope",
  "the slope of the mean loss of 30 records by 1/T, against a central difference",
  "the largest logit in place of the mean one",
  (rng, mutated) => {
    const [{logits, labels}, beta] = [draw(rng), between(rng, 0.3, 2)];
    const rows = labels.map((_, i) => logits.data.slice(4 * i, 4 * i + 4));
    const hard = rows.reduce((sum, z, i) => sum + Math.max(...z) - z[labels[i]], 0) / 30;
    const got = mutated ? hard : byInverse(logits, labels, beta).slope;
    return {got, expected: numericGradient(([b]) => meanLoss(scaled(logits, 1 / b), labels), [beta])[0], within: 1e-7};
  }
);

const curvature = numbered(
  "scaled-curvature",
  "the slope of that slope, against a central difference",
  "the mean square of the logits, their mean not subtracted",
  (rng, mutated) => {
    const [{logits, labels}, beta] = [draw(rng), between(rng, 0.3, 2)];
    const p = softmax(scaled(logits, 1 / beta));
    const square = p.reduce((sum, pk, k) => sum + pk * logits.data[k] ** 2, 0) / 30;
    const got = mutated ? square : byInverse(logits, labels, beta).curvature;
    const expected = numericGradient(([b]) => byInverse(logits, labels, b).slope, [beta])[0];
    return {got, expected, within: 1e-6};
  }
);

const bound = numbered(
  "ece-bound",
  "the calibration error of 30 records in 1, 5 and 15 bins, against how far accuracy and mean confidence lie apart",
  "twice as far",
  (rng, mutated) => {
    const {logits, labels} = draw(rng);
    const p = softmax(logits);
    const sure = labels.reduce((sum, _, i) => sum + Math.max(...p.slice(4 * i, 4 * i + 4)), 0) / 30;
    const gap = (mutated ? 2 : 1) * Math.abs(accuracy(logits, labels) - sure);
    const errors = [1, 5, 15].map((bins) => calibration(logits, labels, bins).error);
    return broken([...errors.map((error): [number, number] => [error, gap]), [gap, errors[0]]], 1e-12); // one bin: equal
  }
);

export const temperature: Equation[] = [bound, slope, curvature];
