import {readFileSync} from "node:fs";
import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {adam} from "../../src/components/optimizers/adam.js";
import {adamw} from "../../src/components/optimizers/adamw.js";
import {clipByGlobalNorm} from "../../src/components/optimizers/clip.js";
import type {Optimizer} from "../../src/components/optimizers/optimizer.js";
import {rmsprop} from "../../src/components/optimizers/rmsprop.js";
import {sam} from "../../src/components/optimizers/sam.js";
import {rateAt, type Schedule} from "../../src/components/optimizers/schedule.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {expectClose, value} from "../gradients.js";

type Params = {weight: tf.Tensor; bias: tf.Tensor};
interface Fixture extends Record<"x" | "t" | "weight", number[][]> {
  bias: number[];
  runs: Record<string, {losses: number[]; after: Record<string, {weight: number[][]; bias: number[]}>}>;
}

const read = (name: string) => JSON.parse(readFileSync(`test/fixtures/pytorch/${name}.json`, "utf8")) as unknown;
const fixture = read("optimizers") as Fixture;

// the rate and the algorithm under the names of training.py
const ours: Record<string, {rate: number; optimizer: Optimizer<never>; clip?: number; rho?: number}> = {
  sgd: {rate: 0.3, optimizer: sgd() as never},
  "sgd, momentum": {rate: 0.1, optimizer: sgd({momentum: 0.9}) as never},
  "sgd, Nesterov and decay": {
    rate: 0.1,
    optimizer: sgd({momentum: 0.9, nesterov: true, decay: {amount: 0.01}}) as never
  },
  "sgd, clipped": {rate: 0.3, optimizer: sgd({momentum: 0.9}) as never, clip: 0.1},
  rmsprop: {rate: 0.01, optimizer: rmsprop() as never},
  "rmsprop, decay": {rate: 0.01, optimizer: rmsprop({decay: {amount: 0.1}}) as never},
  adam: {rate: 0.05, optimizer: adam() as never},
  "adam, L2": {rate: 0.05, optimizer: adam({decay: {amount: 0.1}}) as never},
  adamw: {rate: 0.05, optimizer: adamw({decay: {amount: 0.1}}) as never},
  "sam, momentum": {rate: 0.1, optimizer: sgd({momentum: 0.9}) as never, rho: 0.05},
  "sam, adamw": {rate: 0.05, optimizer: adamw({decay: {amount: 0.1}}) as never, rho: 0.2}
};

describe("20 steps agree with PyTorch's", () => {
  test("every run of the fixture is one of ours", () => expect(Object.keys(ours)).toEqual(Object.keys(fixture.runs)));

  test.each(Object.keys(ours))("%s", (name) => {
    const {rate, optimizer, clip, rho} = ours[name];
    const {losses, after} = fixture.runs[name];
    const [x, t] = [tf.tensor2d(fixture.x), tf.tensor2d(fixture.t)];
    const loss = ({weight, bias}: Params): [tf.Scalar, Record<string, never>] => [
      tf
        .mean(tf.square(tf.sub(tf.tanh(tf.add(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D), bias)), t)))
        .asScalar(),
      {}
    ];
    const differentiate = rho ? sam(rho) : valueAndGrad;
    let params: Params = {weight: tf.tensor2d(fixture.weight), bias: tf.tensor1d(fixture.bias)};
    let state = optimizer.init(params);
    let seen = 0;
    losses.forEach((expected, i) => {
      const [reached, grads] = differentiate(loss)(params);
      expect(value(reached)).toBeCloseTo(expected, 5);
      const clipped = clip ? clipByGlobalNorm(grads, clip)[0] : grads;
      [params, state] = optimizer.update(params, clipped, state, tf.scalar(rate));
      const known = after[i + 1];
      if (!known) return;
      expectClose(params.weight, known.weight.flat(), 2e-5);
      expectClose(params.bias, known.bias, 2e-5);
      seen += 1;
    });
    expect([losses.length, seen]).toEqual([20, 5]);
  });
});

describe("schedules agree with PyTorch's", () => {
  const {steps, rate, rates} = read("schedules") as {steps: number; rate: number; rates: Record<string, number[]>};
  const schedules: Record<string, Schedule> = {
    constant: {kind: "constant", rate},
    cosine: {kind: "cosine", rate},
    "cosine, warm-up and final": {kind: "cosine", rate, warmup: 0.2, final: 0.01},
    "one-cycle": {kind: "one-cycle", rate},
    trapezoid: {kind: "trapezoid", rate, warmup: 0.1, decay: 0.25}
  };

  test("every schedule of the fixture is one of ours", () =>
    expect(Object.keys(schedules)).toEqual(Object.keys(rates)));

  test.each(Object.keys(schedules))("%s", (name) => {
    const at = rateAt(schedules[name], steps);
    rates[name].forEach((expected, step) => expect(at(step)).toBeCloseTo(expected, 7));
    expect(rates[name].length).toBe(steps);
  });
});
