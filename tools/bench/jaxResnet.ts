import {jit, lax, nn, numpy as np, tree, valueAndGrad, type Array as JaxArray} from "@jax-js/jax";
import {batchOf, rateOf} from "../../src/benchmark/contenders.js";
import type {Step} from "../../src/benchmark/race.js";
import {classes, type Size} from "../../src/benchmark/size.js";
import {rng} from "../../src/components/math/random.js";
import {stages} from "../../src/components/models/stages.js";
import {nchw, startJax} from "./jax.js";

type Unit = {filter: JaxArray; gamma: JaxArray; beta: JaxArray};
type Running = {mean: JaxArray; variance: JaxArray};
type Params = {units: Unit[]; weight: JaxArray; bias: JaxArray};

const epsilon = 1e-5;
const plane = [0, 2, 3]; // batch, height and width of (B, C, H, W)

/**
 * The same ResNet-18 in jax-js, as its documentation has it: the whole step, gradients, running statistics and momentum in
 * it, under one `jit`. Its convolutions want channels first, so its images are (B, 3, H, W).
 */
export async function jaxResnet(size: Size): Promise<Step> {
  await startJax();
  const {width} = size;
  const stream = rng(1);
  const drawn = (shape: number[], deviation: number) =>
    np.array(stream.normal(shape.reduce((a, b) => a * b, 1), 0, deviation)).reshape(shape); // prettier-ignore
  const plan: {inputs: number; outputs: number; taps: number; stride: number}[] = [];
  const unit = (inputs: number, outputs: number, taps = 3, stride = 1) =>
    plan.push({inputs, outputs, taps, stride}) - 1;
  const stem = unit(3, width);
  const blocks = stages(18, width).flatMap(({blocks, inputs, channels, stride}) =>
    Array.from({length: blocks}, (_, i) => {
      const [from, by] = i ? [channels, 1] : [inputs, stride];
      const around = by > 1 || from !== channels ? unit(from, channels, 1, by) : null;
      return {one: unit(from, channels, 3, by), two: unit(channels, channels), around};
    })
  );
  let params: Params = {
    units: plan.map(({inputs, outputs, taps}) => ({
      filter: drawn([outputs, inputs, taps, taps], Math.sqrt(2 / (taps * taps * outputs))),
      gamma: np.ones([1, outputs, 1, 1]),
      beta: np.zeros([1, outputs, 1, 1])
    })),
    weight: drawn([8 * width, classes], 0.01),
    bias: np.zeros([classes])
  };
  let running: Running[] = plan.map(({outputs}) => ({
    mean: np.zeros([1, outputs, 1, 1]),
    variance: np.ones([1, outputs, 1, 1])
  }));
  let velocity = tree.map((p: JaxArray) => np.zeros(p.shape), params) as Params;

  const lossOf = (params: Params, running: Running[], x: JaxArray, labels: JaxArray): [JaxArray, Running[]] => {
    const moved: Running[] = [];
    const apply = (at: number, x: JaxArray): JaxArray => {
      const {taps, stride} = plan[at];
      const {filter, gamma, beta} = params.units[at];
      const margin: [number, number] = taps === 3 ? [1, 1] : [0, 0];
      const y = lax.convGeneralDilated(x, filter, [stride, stride], [margin, margin]);
      const mean = np.mean(y.ref, plane, {keepdims: true});
      const centred = y.sub(mean.ref);
      const variance = np.mean(np.square(centred.ref), plane, {keepdims: true});
      const towards = (old: JaxArray, fresh: JaxArray) => old.mul(0.9).add(lax.stopGradient(fresh).mul(0.1));
      moved[at] = {mean: towards(running[at].mean, mean), variance: towards(running[at].variance, variance.ref)};
      return centred
        .div(np.sqrt(variance.add(epsilon)))
        .mul(gamma)
        .add(beta);
    };
    let h = nn.relu(apply(stem, x));
    for (const {one, two, around} of blocks) {
      const inner = apply(two, nn.relu(apply(one, h.ref)));
      h = nn.relu(inner.add(around === null ? h : apply(around, h)));
    }
    const logits = np.matmul(np.mean(h, [2, 3]), params.weight).add(params.bias);
    const loss = np.mean(np.sum(nn.logSoftmax(logits, -1).mul(labels), -1)).mul(-1);
    return [loss, moved];
  };
  const step = jit((params: Params, velocity: Params, running: Running[], x: JaxArray, labels: JaxArray) => {
    const [[loss, moved], grads] = valueAndGrad(lossOf, {hasAux: true})(tree.ref(params), running, x, labels);
    const next = tree.map((v: JaxArray, g: JaxArray) => v.mul(0.9).add(g), velocity, grads as Params) as Params;
    const rate = rateOf(size);
    const updated = tree.map((p: JaxArray, v: JaxArray) => p.sub(v.mul(rate)), params, tree.ref(next)) as Params;
    return [updated, next, moved, loss] as [Params, Params, Running[], JaxArray];
  });
  const {images, labels} = batchOf(size);
  const x = nchw(images);
  const y = nn.oneHot(np.array(labels.data as Int32Array<ArrayBuffer>, {dtype: np.int32}), classes);
  return async () => {
    const [updated, next, moved, loss] = step(params, velocity, running, x.ref, y.ref);
    [params, velocity, running] = [updated, next, moved];
    return (await loss.data())[0];
  };
}
