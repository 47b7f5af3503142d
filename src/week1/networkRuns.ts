import {rng as seeded} from "../components/math/random.js";
import {methods, type MethodName} from "./fiveMethods.js";
import {evaluate, gradient, initialise, probability} from "./planeNet.js";
import {twoClasses, type Shape} from "./twoClasses.js";

/** A run of the page's network; all but the method and its rate decide the start and the batches. */
export interface NetworkRun {
  method: MethodName;
  rate: number;
  shape: Shape;
  steps: number;
  batch: number;
  seed: number;
}

export interface NetworkResult {
  /** Step and mean loss over all training points, about 100 of them; ends early where the loss is not finite. */
  curve: [step: number, loss: number][];
  trainLoss: number;
  testAccuracy: number;
  /** The probability of class 1 on a grid over [−2, 2]², rows from below; empty unless asked for. */
  map: Float32Array;
}

const hidden = 16;
const [trainCount, testCount] = [256, 1000];
export const mapSide = 96;

/** The training points of a seed, for drawing. */
export const trainingPoints = (shape: Shape, seed: number) =>
  twoClasses(seeded(seed).fork("points"), shape, trainCount);

/**
 * Trains the network. Points, first weights and batches come from the seed alone, so that every method gets the same.
 * Each epoch goes through a new permutation of the points in batches; an incomplete last batch is left out.
 */
export function train(
  {method, rate, shape, steps, batch, seed}: NetworkRun,
  {map = false, curve: drawn = true} = {}
): NetworkResult {
  const rng = seeded(seed);
  const points = trainingPoints(shape, seed);
  const algorithm = methods[method];
  let theta = initialise(rng.fork("weights"), hidden);
  let state = algorithm.init(theta);
  const curve: [number, number][] = [[0, evaluate(theta, hidden, points).loss]];
  const perEpoch = Math.floor(trainCount / batch);
  let order = new Uint32Array();
  for (let k = 0; k < steps; ++k) {
    if (k % perEpoch === 0) order = rng.fork("batches", k / perEpoch).permutation(trainCount) as typeof order;
    const rows = order.subarray((k % perEpoch) * batch, ((k % perEpoch) + 1) * batch);
    [theta, state] = algorithm.update(theta, gradient(theta, hidden, points, rows), state, rate);
    if (!drawn || ((k + 1) % Math.ceil(steps / 100) !== 0 && k + 1 !== steps)) continue;
    const {loss} = evaluate(theta, hidden, points);
    if (!Number.isFinite(loss)) break;
    curve.push([k + 1, loss]);
  }
  const last = evaluate(theta, hidden, points);
  const test = evaluate(theta, hidden, twoClasses(rng.fork("test"), shape, testCount));
  return {
    curve,
    trainLoss: last.loss,
    testAccuracy: test.accuracy,
    map: map ? probabilities(theta) : new Float32Array()
  };
}

function probabilities(theta: number[]): Float32Array {
  const at = (i: number) => -2 + (4 * (i + 0.5)) / mapSide;
  return Float32Array.from({length: mapSide ** 2}, (_, i) =>
    probability(theta, hidden, [at(i % mapSide), at(Math.floor(i / mapSide))])
  );
}

/** The last training loss of each seed for one method and rate: a point of the page's U-curve with its spread. */
export const sweepPoint = (run: Omit<NetworkRun, "seed">, seeds: number[]): number[] =>
  seeds.map((seed) => train({...run, seed}, {curve: false}).trainLoss);
