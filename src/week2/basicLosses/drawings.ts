import {accuracy, calibration, meanLoss} from "../../components/evaluate/metrics.js";
import {averagePrecision, type Operating, precisionRecall} from "../../components/evaluate/precisionRecall.js";
import {rng} from "../../components/math/random.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import {type Point, seriesColor} from "../../components/plots/series.js";
import type {Block} from "../../components/train/task.js";
import type {Imbalanced, Noisy, Regression} from "../basicLossesTraining.js";
import {binary, focalAt} from "./formulas.js";
import {fourClouds, from, outlierPoints, posterior, rareClass, rareLogOdds, to, truth} from "./problems.js";
import type {Ended} from "./runs.js";
import {fitTemperature, scaled} from "./temperature.js";

/** What the page makes of its runs: arrays to drawings and tables. */

type Fit = Ended<{loss: Regression}>;

/** The curve that a run has drawn, from left to right. */
const curveOf = ({outputs}: Fit): Point[] =>
  Array.from(outputs.data, (y, i): Point => [from + ((to - from) * i) / (outputs.data.length - 1), y]);

/** How high a fitted curve lies above the true one, on average. */
export const biasOf = (fit: Fit): number =>
  curveOf(fit).reduce((sum, [x, y]) => sum + y - truth(x), 0) / fit.outputs.data.length;

const errorOf = (fit: Fit): number =>
  Math.sqrt(curveOf(fit).reduce((sum, [x, y]) => sum + (y - truth(x)) ** 2, 0) / fit.outputs.data.length);

/** A short line with its name, in one colour, at the top of the drawing. */
const named = (name: string, color: string, place: number, dashed = false): Mark[] => [
  {kind: "curve", points: [[place - 0.8, 5.75], [place - 0.4, 5.75]], color, dashed}, // prettier-ignore
  {kind: "text", at: [place, 5.75], text: name, color}
];

/** The points, the true curve dashed, and the curves that have been fitted, each named in its colour. */
export function fittedPanel({share, seed}: {share: number; seed: number}, fits: Fit[]): Panel {
  const {x, t} = outlierPoints(seed, share);
  const places = Array.from({length: 101}, (_, i) => from + ((to - from) * i) / 100);
  const colours: Record<Regression, string> = {MSE: seriesColor(1), MAE: seriesColor(2), Huber: seriesColor(3)};
  return {
    title: "the points, a share of them moved up, and what is fitted to them",
    x: [from, to],
    y: [-1.6, 6.2],
    aspect: 0.8,
    draw: () => [
      {kind: "dots", points: x.map((xi, i): Point => [xi, t[i]]), color: "var(--recorded)"},
      {kind: "curve", points: places.map((p): Point => [p, truth(p)]), color: "var(--series-1)", dashed: true},
      ...fits.map((fit) => ({kind: "curve" as const, points: curveOf(fit), color: colours[fit.run.loss]})),
      ...named("truth", "var(--series-1)", -1.6, true),
      ...fits.flatMap(({run}, i) => named(run.loss, colours[run.loss], -0.4 + 1.2 * i))
    ],
    describe: () =>
      fits.length
        ? `Root mean square distance from the truth: ${fits.map((fit) => `${fit.run.loss} ${errorOf(fit).toFixed(3)}`).join(", ")}.`
        : `${Math.round(share * x.length)} of ${x.length} points have been moved up. Nothing is trained yet.`
  };
}

/** The judges of the three networks, and what Bayes' rule itself reaches. */
export function noisyTable(ended: Ended<{loss: Noisy}>[], {seed}: {seed: number}) {
  const {points, labels} = fourClouds(rng(seed).fork("test"), 4000, 0);
  const perfect = {data: points.flatMap((p) => posterior(p).map(Math.log)), shape: [points.length, 4]};
  return {
    best: accuracy(perfect, labels),
    rows: ended.map(({run, losses, outputs}) => ({
      loss: run.loss,
      last: losses[losses.length - 1],
      accuracy: accuracy(outputs, labels),
      nll: meanLoss(outputs, labels),
      calibration: calibration(outputs, labels).error
    }))
  };
}

/** The networks with a temperature: it is fitted on the first half of the test points, and judged by the second. */
export function temperedRows(ended: Ended<{loss: Noisy}>[], {seed}: {seed: number}) {
  const {labels} = fourClouds(rng(seed).fork("test"), 4000, 0);
  const half = labels.length / 2;
  return ended.map(({run, outputs}) => {
    const [fitted, judged] = [outputs.data.slice(0, 4 * half), outputs.data.slice(4 * half)];
    const temperature = fitTemperature({data: fitted, shape: [half, 4]}, labels.slice(0, half));
    const [before, after] = [1, temperature].map((each) => {
      const [logits, clean] = [scaled({data: judged, shape: [half, 4]}, each), labels.slice(half)];
      const {error, bins} = calibration(logits, clean);
      const filled = bins
        .filter(({count}) => count >= 20)
        .map(({confidence, accuracy}): Point => [confidence, accuracy]);
      return {accuracy: accuracy(logits, clean), nll: meanLoss(logits, clean), error, filled};
    });
    return {loss: run.loss, temperature, before, after};
  });
}

type Scored = Ended<{loss: Imbalanced}>;

const testOf = ({seed, ratio}: {seed: number; ratio: number}) => rareClass(rng(seed).fork("test"), 200, ratio);

/** What five scorers find of a rare class, and what Bayes' rule does. */
export function rareTable(ended: Scored[], setup: {seed: number; ratio: number}) {
  const {points, labels} = testOf(setup);
  const ideal = precisionRecall(points.map((p) => rareLogOdds(p, setup.ratio)), labels); // prettier-ignore
  const curves = ended.map(({outputs}) => precisionRecall(outputs.data, labels));
  return {
    count: points.length,
    best: averagePrecision(ideal),
    rows: ended.map(({run, outputs}, i) => ({
      loss: run.loss,
      ...atHalf(outputs, labels),
      average: averagePrecision(curves[i])
    })),
    curves: [
      ...ended.map(({run}, i) => ({name: run.loss, points: drawn(curves[i])})),
      {name: "Bayes", points: drawn(ideal), dashed: "theory" as const}
    ]
  };
}

/** What is found at p > ½, where the logit is positive. */
function atHalf({data}: Block, labels: number[]) {
  const positive = labels.map((_, i) => data[i] > 0);
  const called = positive.filter(Boolean).length;
  const hits = positive.filter((yes, i) => yes && labels[i]).length;
  const right = positive.filter((yes, i) => yes === (labels[i] === 1)).length;
  return {
    called,
    accuracy: right / labels.length,
    precision: hits / called,
    recall: hits / labels.filter(Boolean).length
  };
}

/** The point at each hundredth of recall: more share pixels. */
function drawn(curve: Operating[]): Point[] {
  const points: Point[] = [];
  for (const {recall, precision} of curve)
    if (!points.length || recall - points[points.length - 1][0] >= 0.01) points.push([recall, precision]);
  return points;
}

/** How much of the negatives' loss the easiest share of them holds, under focal losses of several γ. */
export function lossShares({outputs}: Scored, setup: {seed: number; ratio: number}) {
  const {labels} = testOf(setup);
  const surprise = labels.flatMap((label, i) => (label ? [] : [binary(outputs.data[i], 0)])).sort((a, b) => a - b);
  return [0, 0.5, 1, 2, 5].map((gamma) => {
    const losses = surprise.map((s) => focalAt(Math.exp(-s), gamma));
    const total = losses.reduce((a, b) => a + b, 0);
    let sum = 0;
    const running = losses.map((loss) => (sum += loss) / total);
    const at = Array.from({length: 101}, (_, i) => Math.min(losses.length - 1, Math.floor((i / 100) * losses.length)));
    return {name: `γ = ${gamma}`, points: at.map((k, i): Point => [i / 100, running[k]])};
  });
}
