import type {Scores} from "./scores.js";

const percent = (fraction: number, digits = 2) => (100 * fraction).toFixed(digits);
const spread = ({mean, deviation}: {mean: number; deviation: number}, of = percent) => `${of(mean)} ± ${of(deviation)}`;

/** One line for each kind of features, accuracies in percent; ± is the standard deviation over seeds of k-means. */
export function probeTable(rows: Record<string, Scores>): string {
  const header = ["", "D", "linear probe", "kNN", "k = 10", "k-means accuracy", "NMI", "ARI", "alignment", "uniformity", "rank", "s"]; // prettier-ignore
  const lines = Object.entries(rows).map(([name, {columns, linearProbe, knn, knn10, kmeans, seconds, ...rest}]) => [
    name,
    String(columns),
    percent(linearProbe.accuracy),
    percent(knn),
    percent(knn10),
    spread(kmeans.accuracy),
    spread(kmeans.nmi),
    spread(kmeans.ari),
    rest.alignment.toFixed(3),
    rest.uniformity.toFixed(3),
    rest.effectiveRank?.toFixed(1) ?? "–",
    Object.values(seconds)
      .reduce((sum, s) => sum + s, 0)
      .toFixed(0)
  ]);
  const counts = Object.values(rows)[0].labels.map(({perClass}) => perClass);
  const byLabels = Object.entries(rows).map(([name, {labels}]) => [
    name,
    ...labels.map(({accuracy, deviation}) => spread({mean: accuracy, deviation}))
  ]);
  return `${aligned([header, ...lines])}\n\n${aligned([["labels a class", ...counts.map(String)], ...byLabels])}`;
}

function aligned(lines: string[][]): string {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const cell = (text: string, i: number) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return lines.map((line) => line.map(cell).join("  ")).join("\n");
}

/** The scores as a run's record keeps them: numbers and groups of numbers, fractions, deviations beside their means. */
export function finalOf({linearProbe, knn, knn10, kmeans, ...rest}: Scores) {
  const {accuracy, nmi, ari} = kmeans;
  return {
    linearProbe: linearProbe.accuracy,
    linearProbeByClass: Object.fromEntries(linearProbe.perClass.map((each, k) => [String(k), each])),
    linearProbeByLabels: Object.fromEntries(
      rest.labels.flatMap(({perClass, accuracy, deviation}) => [
        [String(perClass), accuracy],
        [`${perClass}Deviation`, deviation]
      ])
    ),
    ...{knn, knn10},
    kmeans: {
      ...{accuracy: accuracy.mean, nmi: nmi.mean, ari: ari.mean},
      ...{accuracyDeviation: accuracy.deviation, nmiDeviation: nmi.deviation, ariDeviation: ari.deviation}
    },
    alignment: rest.alignment,
    uniformity: rest.uniformity,
    ...(rest.effectiveRank !== null && {effectiveRank: rest.effectiveRank})
  };
}

/** A baseline's scores in one group. */
export function baselineOf(scores: Scores): Record<string, number> {
  const {linearProbe, knn, knn10, kmeans} = finalOf(scores);
  const {accuracy, nmi, ari, accuracyDeviation, nmiDeviation, ariDeviation} = kmeans;
  return {
    ...{linearProbe, knn, knn10, kmeansAccuracy: accuracy, kmeansNmi: nmi, kmeansAri: ari},
    kmeansAccuracyDeviation: accuracyDeviation,
    kmeansNmiDeviation: nmiDeviation,
    kmeansAriDeviation: ariDeviation
  };
}
