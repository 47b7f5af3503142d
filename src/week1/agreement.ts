import * as tf from "@tensorflow/tfjs";
import {adam, descend, gradientDescent, momentum, nesterov, rmsprop, type Method} from "../components/math/descent.js";
import type {Vector} from "../components/math/matrix.js";
import {adam as adamOfTensors} from "../components/optimizers/adam.js";
import type {Optimizer} from "../components/optimizers/optimizer.js";
import {rmsprop as rmspropOfTensors} from "../components/optimizers/rmsprop.js";
import {sgd} from "../components/optimizers/sgd.js";

/** Three implementations of one algorithm after the same steps. */
export interface Agreement {
  name: string;
  /** The largest difference of any coordinate after any step over the largest coordinate: this page's float64. */
  page: number;
  /** The same for the library's optimizer that trains networks. */
  library: number;
  /** The smallest |g| of the way, and the distance gone: a comparison of what stands still would say nothing. */
  leastGradient: number;
  distance: number;
}

interface Triple {
  name: string;
  rate: number;
  page: Method;
  library: Optimizer;
  theirs: () => tf.Optimizer;
}

const tiny = 1e-16; // its ε stands inside the root, ours outside: with ε → 0 and |g| ≥ 10⁻² there is no difference

const triples: Triple[] = [
  {name: "tf.train.sgd", rate: 0.02, page: gradientDescent() as Method, library: sgd() as Optimizer, theirs: () => tf.train.sgd(0.02)}, // prettier-ignore
  {name: "tf.train.momentum, β = 0.9", rate: 0.01, page: momentum() as Method, library: sgd({momentum: 0.9}) as Optimizer, theirs: () => tf.train.momentum(0.01, 0.9)}, // prettier-ignore
  {name: "tf.train.momentum, Nesterov", rate: 0.01, page: nesterov() as Method, library: sgd({momentum: 0.9, nesterov: true}) as Optimizer, theirs: () => tf.train.momentum(0.01, 0.9, true)}, // prettier-ignore
  {name: "tf.train.rmsprop, ε → 0", rate: 0.02, page: rmsprop({epsilon: 1e-12}) as Method, library: rmspropOfTensors({epsilon: 1e-12}) as Optimizer, theirs: () => tf.train.rmsprop(0.02, 0.9, 0, tiny)}, // prettier-ignore
  {name: "tf.train.adam", rate: 0.05, page: adam() as Method, library: adamOfTensors() as Optimizer, theirs: () => tf.train.adam(0.05, 0.9, 0.999, 1e-8)} // prettier-ignore
];

const curvature = [0.5, 1, 2];
const centre = [4, -5, 6];
const start = [-1.5, 1.25, 0.75];

/** ∇ of ½ Σ a (x − c)², by hand. */
const slope = (x: Vector): Vector => x.map((value, i) => curvature[i] * (value - centre[i]));

/** Each algorithm from one start on a bowl for some steps: ours in float64, the library's and tf.train's in float32. */
export async function agreements(steps = 50): Promise<Agreement[]> {
  const list: Agreement[] = [];
  for (const triple of triples) list.push(await compare(triple, steps));
  return list;
}

async function compare({name, rate, page, library, theirs}: Triple, steps: number): Promise<Agreement> {
  const path = descend(page, slope, start, {rate, steps}).slice(1);
  const paths = tf.tidy(() => [followLibrary(library, rate, steps), followTheirs(theirs(), steps)]);
  const [ofLibrary, truth] = await Promise.all(paths.map((tensor) => tensor.data()));
  tf.dispose(paths);
  const gradients = [start, ...path.slice(0, -1)].flatMap((x) => slope(x).map(Math.abs));
  return {
    name,
    page: worst(path.flat(), truth),
    library: worst(ofLibrary, truth),
    leastGradient: Math.min(...gradients),
    distance: Math.hypot(...path[steps - 1].map((value, i) => value - start[i]))
  };
}

/** The largest difference after any step, over the largest coordinate of that step. */
function worst(values: ArrayLike<number>, truth: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < truth.length; at += start.length) {
    const here = start.map((_, i) => [values[at + i], truth[at + i]]);
    const size = Math.max(...here.map(([, expected]) => Math.abs(expected)));
    most = Math.max(most, ...here.map(([got, expected]) => Math.abs(got - expected) / size));
  }
  return most;
}

/** x after each step, (steps, 3). */
function followLibrary(library: Optimizer, rate: number, steps: number): tf.Tensor {
  let params: {x: tf.Tensor} = {x: tf.tensor1d(start)};
  let state = library.init(params);
  const path: tf.Tensor[] = [];
  for (let k = 0; k < steps; ++k) {
    [params, state] = library.update(params, {x: slopeOf(params.x)}, state, tf.scalar(rate));
    path.push(params.x);
  }
  return tf.stack(path);
}

function followTheirs(optimizer: tf.Optimizer, steps: number): tf.Tensor {
  const x = tf.variable(tf.tensor1d(start));
  const path: tf.Tensor[] = [];
  for (let k = 0; k < steps; ++k) {
    optimizer.minimize(() => valueOf(x));
    path.push(tf.clone(x));
  }
  tf.dispose({...optimizer} as unknown as tf.TensorContainer); // its own dispose forgets momentum's −η
  x.dispose();
  return tf.stack(path);
}

const slopeOf = (x: tf.Tensor): tf.Tensor => tf.mul(tf.tensor1d(curvature), tf.sub(x, tf.tensor1d(centre)));

const valueOf = (x: tf.Tensor): tf.Scalar => tf.mul(0.5, tf.sum(tf.mul(tf.tensor1d(curvature), tf.square(tf.sub(x, tf.tensor1d(centre)))))).asScalar(); // prettier-ignore
