import type {Compute} from "../../components/train/client.js";
import type {Table} from "../../components/plots/figure.js";
import {formatNumber} from "../../components/ui/number.js";
import {methodNames, type MethodName} from "../fiveMethods.js";
import {mapSide, trainingPoints, type NetworkResult, type NetworkRun} from "../networkRuns.js";
import type {Shape} from "../twoClasses.js";

/** log₁₀ of each method's rate. */
export type Rates = Record<MethodName, number>;

/** The results of the methods that have ended, in the page's order. */
export type Results = Partial<Record<MethodName, NetworkResult>>;

/** Trains with all five in the worker, one after another, from the same weights on the same batches. */
export async function* trainAll(
  compute: Compute,
  module: string,
  run: Omit<NetworkRun, "method" | "rate">,
  rates: Rates
): AsyncGenerator<Results> {
  const results: Results = {};
  yield {};
  for (const method of methodNames) {
    results[method] = await compute.call<NetworkResult>(
      module,
      "train",
      {...run, method, rate: 10 ** rates[method]},
      {map: true}
    );
    yield {...results};
  }
}

/** The results in the page's order. */
export const resultsOf = (results: Results | null): {method: MethodName; result: NetworkResult}[] =>
  methodNames.flatMap((method) => {
    const result = results?.[method];
    return result ? [{method, result}] : [];
  });

/** Points of a U-curve: one rate of one method, the last losses of all seeds. */
export interface SweepPoint {
  method: MethodName;
  rate: number;
  losses: number[];
}

/** log₁₀ of the rates that are tried for each method. */
const grids: Record<MethodName, number[]> = {
  SGD: [-1.5, -1, -0.5, 0, 0.5, 1, 1.5],
  momentum: [-2.5, -2, -1.5, -1, -0.5, 0, 0.5],
  Nesterov: [-2.5, -2, -1.5, -1, -0.5, 0, 0.5],
  RMSProp: [-4, -3.5, -3, -2.5, -2, -1.5, -1, -0.5],
  Adam: [-4, -3.5, -3, -2.5, -2, -1.5, -1, -0.5, 0]
};

/** How many points a sweep has. */
export const sweepSize = Object.values(grids).reduce((sum, grid) => sum + grid.length, 0);

/** Trains at every rate of every method with every seed, in the worker; gives what has been measured after each rate. */
export async function* sweep(
  compute: Compute,
  module: string,
  run: Omit<NetworkRun, "method" | "rate" | "seed">,
  seeds: number[]
): AsyncGenerator<SweepPoint[]> {
  const points: SweepPoint[] = [];
  yield [];
  for (const method of methodNames)
    for (const exponent of grids[method]) {
      const rate = 10 ** exponent;
      points.push({
        method,
        rate,
        losses: await compute.call<number[]>(module, "sweepPoint", {...run, method, rate}, seeds)
      });
      yield [...points];
    }
}

/** The median and the range of each point; what is not finite counts as a loss of `top`. */
export const bands = (points: SweepPoint[], top: number) =>
  points.map(({method, rate, losses}) => {
    const sorted = losses.map((loss) => (Number.isFinite(loss) ? Math.min(loss, top) : top)).sort((a, b) => a - b);
    return {
      method,
      rate,
      low: sorted[0],
      middle: sorted[Math.floor(sorted.length / 2)],
      high: sorted[sorted.length - 1]
    };
  });

/** The best rate of each method that has been swept so far. */
export function sweepTable(points: SweepPoint[], top: number): Table {
  const rows = methodNames.flatMap((method) => {
    const own = bands(points, top).filter((band) => band.method === method);
    if (!own.length) return [];
    const best = own.reduce((a, b) => (b.middle < a.middle ? b : a));
    return [[method, formatNumber(best.rate, 2), formatNumber(best.middle, 3), `${formatNumber(best.low, 3)} … ${formatNumber(best.high, 3)}`]]; // prettier-ignore
  });
  return {columns: ["method", "best rate", "median loss", "range"], rows};
}

const colours = [[0, 101, 163], [187, 75, 0]]; // prettier-ignore

/** The probabilities of several networks as images, orange for class 1, with the training points in their colours. */
export function paint(maps: Float32Array[], shape: Shape, seed: number) {
  const data = new Uint8Array(maps.length * mapSide * mapSide * 3);
  const {points, labels} = trainingPoints(shape, seed);
  maps.forEach((map, k) => {
    const put = (column: number, row: number, rgb: number[]) => data.set(rgb, 3 * (k * mapSide * mapSide + (mapSide - 1 - row) * mapSide + column)); // prettier-ignore
    map.forEach((p, i) => put(i % mapSide, Math.floor(i / mapSide), [0, 1, 2].map((c) => 255 - 0.45 * (255 - (1 - p) * colours[0][c] - p * colours[1][c])))); // prettier-ignore
    points.forEach(([x, y], i) => {
      const [column, row] = [x, y].map((value) => Math.floor(((value + 2) / 4) * mapSide));
      if (Math.min(column, row) >= 0 && Math.max(column, row) < mapSide) put(column, row, colours[labels[i]]);
    });
  });
  return {data, height: mapSide, width: mapSide, channels: 3 as const};
}
