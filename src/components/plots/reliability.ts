import {formatPercent} from "../ui/number.js";
import {figure} from "./figure.js";

/** Predictions whose confidence falls into one interval: how sure they were on average, how often they were right. */
export interface Calibration {
  confidence: number;
  accuracy: number;
  count: number;
}

/**
 * The expected calibration error, the mean distance between how sure a model is and how often it is right:
 *
 *   ECE = Σ_b (n_b / n) |accuracy_b − confidence_b|
 */
export function expectedError(intervals: Calibration[]): number {
  const total = intervals.reduce((sum, {count}) => sum + count, 0);
  return intervals.reduce((sum, b) => sum + (b.count / (total || 1)) * Math.abs(b.accuracy - b.confidence), 0);
}

/** The reliability diagram: accuracy over confidence. On the diagonal a model is as sure as it should be. */
export function reliability(intervals: Calibration[], {caption}: {caption?: Node | string} = {}) {
  const filled = intervals.filter(({count}) => count > 0);
  const error = formatPercent(expectedError(filled));
  const sure = filled.reduce((sum, b) => sum + b.count * (b.confidence - b.accuracy), 0) > 0;
  return figure(
    (Plot, {width}) => {
      const size = Math.min(width, 420);
      return Plot.plot({
        width: size,
        height: size,
        marginBottom: 42,
        marginLeft: 48,
        style: {background: "none", fontSize: "12px"},
        x: {domain: [0, 1], label: "confidence", tickFormat: "%"},
        y: {domain: [0, 1], label: "accuracy", tickFormat: "%", grid: true},
        r: {range: [2, 14]},
        marks: [
          Plot.line([[0, 0], [1, 1]], {stroke: "var(--recorded)", strokeDasharray: "5,3"}), // prettier-ignore
          Plot.ruleX(filled, {x: "confidence", y1: "confidence", y2: "accuracy", stroke: "var(--series-2)"}),
          Plot.line(filled, {x: "confidence", y: "accuracy", stroke: "var(--series-1)", strokeWidth: 2}),
          Plot.dot(filled, {x: "confidence", y: "accuracy", r: "count", fill: "var(--series-1)"})
        ]
      });
    },
    {
      alt: `Accuracy over confidence in ${filled.length} intervals. Expected calibration error ${error}; the model is ${sure ? "surer than it is right" : "not surer than it is right"}.`,
      caption,
      data: {
        columns: ["confidence", "accuracy", "images"],
        rows: filled.map((b) => [formatPercent(b.confidence), formatPercent(b.accuracy), b.count])
      }
    }
  );
}
