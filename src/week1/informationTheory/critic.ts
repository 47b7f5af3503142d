import {rng, type Rng} from "../../components/math/random.js";
import {batchLoss, correlationFor, drawPairs, trueScores, type Pairs} from "./correlated.js";
import {encode, encoder, encoderGradient, type Encoder} from "./encoder.js";

/** What is trained: N pairs a batch in d dimensions with I nats between x and c. */
export interface CriticRun {
  information: number;
  pairs: number;
  dimensions: number;
  steps: number;
  seed: number;
}

/** ln f(x, c) = g(x) · h(c): two encoders and an inner product, as CPC's and CLIP's critics are. */
export interface Critic {
  ofX: Encoder;
  ofC: Encoder;
}

const [hidden, outputs] = [48, 24];

export const critic = (stream: Rng, d: number): Critic => ({
  ofX: encoder(stream.fork("x"), d, hidden, outputs),
  ofC: encoder(stream.fork("c"), d, hidden, outputs)
});

/** s[i][j] = g(xⱼ) · h(cᵢ): (n, n). */
export function scoresOf(zx: Float64Array, zc: Float64Array, n: number): Float64Array {
  const scores = new Float64Array(n * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j) {
      let sum = 0;
      for (let o = 0; o < outputs; ++o) sum += zc[i * outputs + o] * zx[j * outputs + o];
      scores[i * n + j] = sum;
    }
  return scores;
}

/** The loss of a batch and its gradients by the parameters of both encoders. */
export function criticGradient({ofX, ofC}: Critic, {x, c, n}: Pairs) {
  const [ex, ec] = [encode(ofX, x, n), encode(ofC, c, n)];
  const {loss, gradient} = batchLoss(scoresOf(ex.z, ec.z, n), n);
  const [dx, dc] = [new Float64Array(n * outputs), new Float64Array(n * outputs)];
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j) {
      const slope = gradient[i * n + j];
      for (let o = 0; o < outputs; ++o) {
        dc[i * outputs + o] += slope * ex.z[j * outputs + o];
        dx[j * outputs + o] += slope * ec.z[i * outputs + o];
      }
    }
  return {loss, ofX: encoderGradient(ofX, x, ex, dx, n), ofC: encoderGradient(ofC, c, ec, dc, n)};
}

/** Adam in place, with the usual constants: Kingma & Ba 2015, algorithm 1. */
function adam(parameters: Float64Array, rate: number) {
  const [m, v] = [new Float64Array(parameters.length), new Float64Array(parameters.length)];
  let t = 0;
  return (gradient: Float64Array) => {
    ++t;
    const scale = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
    for (let i = 0; i < m.length; ++i) {
      m[i] = 0.9 * m[i] + 0.1 * gradient[i];
      v[i] = 0.999 * v[i] + 0.001 * gradient[i] ** 2;
      parameters[i] -= (scale * m[i]) / (Math.sqrt(v[i]) + 1e-8);
    }
  };
}

/** An estimate ln N − L in nats after a number of steps, each the mean over fresh batches. */
export interface Estimate {
  step: number;
  estimate: number;
}

const [every, judged] = [25, 8];

/** Trains a critic and yields its estimate on fresh pairs, before the first step and after every 25. */
export function* trainCritic({information, pairs, dimensions, steps, seed}: CriticRun): Generator<Estimate> {
  const stream = rng(seed);
  const rho = correlationFor(information, dimensions);
  const model = critic(stream.fork("critic"), dimensions);
  const [moveX, moveC] = [adam(model.ofX.parameters, 3e-3), adam(model.ofC.parameters, 3e-3)];
  for (let step = 0; ; ++step) {
    if (step % every === 0) yield {step, estimate: judge(model, stream.fork("judge", step), {pairs, dimensions, rho})};
    if (step >= steps) return;
    const batch = drawPairs(stream.fork("batch", step), pairs, dimensions, rho);
    const {ofX, ofC} = criticGradient(model, batch);
    moveX(ofX);
    moveC(ofC);
  }
}

interface Source {
  pairs: number;
  dimensions: number;
  rho: number;
}

/** ln N − L on batches that the critic has not seen. */
function judge({ofX, ofC}: Critic, stream: Rng, {pairs, dimensions, rho}: Source): number {
  let sum = 0;
  for (let i = 0; i < judged; ++i) {
    const {x, c, n} = drawPairs(stream.fork(i), pairs, dimensions, rho);
    sum += batchLoss(scoresOf(encode(ofX, x, n).z, encode(ofC, c, n).z, n), n).loss;
  }
  return Math.log(pairs) - sum / judged;
}

/** ln N − L of the best possible critic, ln r itself, over `batches` batches. */
export function bestEstimate({information, pairs, dimensions, seed}: Omit<CriticRun, "steps">, batches = 8): number {
  const [stream, rho] = [rng(seed).fork("best"), correlationFor(information, dimensions)];
  let sum = 0;
  for (let i = 0; i < batches; ++i)
    sum += batchLoss(trueScores(drawPairs(stream.fork(i), pairs, dimensions, rho), rho), pairs).loss;
  return Math.log(pairs) - sum / batches;
}
