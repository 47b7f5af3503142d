import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {bce} from "../../src/components/losses/bce.js";
import {contrastive} from "../../src/components/losses/contrastive.js";
import {crossEntropy} from "../../src/components/losses/crossEntropy.js";
import {focal} from "../../src/components/losses/focal.js";
import {huber} from "../../src/components/losses/huber.js";
import {infoNce} from "../../src/components/losses/infoNce.js";
import {kl} from "../../src/components/losses/kl.js";
import {mae} from "../../src/components/losses/mae.js";
import {mse} from "../../src/components/losses/mse.js";
import {ntXent} from "../../src/components/losses/ntXent.js";
import {dice, iou, tversky} from "../../src/components/losses/overlap.js";
import {minedTriplet, triplet} from "../../src/components/losses/triplet.js";
import {expectClose, value} from "../gradients.js";

interface Block {
  shape: number[];
  data: number[];
}
interface Case {
  loss: string;
  options: Record<string, number>;
  inputs: Record<string, Block>;
  data: Record<string, Block>;
  value: number;
  gradients: Record<string, Block>;
}

const folder = "test/fixtures/pytorch";
const {torch, cases} = JSON.parse(readFileSync(join(folder, "losses.json"), "utf8")) as {torch: string; cases: Case[]};

// the losses by the names of their twins in losses.py; inputs, then data, in the order of its arguments
type Loss = (options: never, ...tensors: tf.Tensor[]) => tf.Scalar;
const ours: Record<string, Loss> = {
  mse: (_, y, t) => mse(y, t),
  mae: (_, y, t) => mae(y, t),
  huber: (options, y, t) => huber(y, t, options),
  cross_entropy: (options, z, labels) => crossEntropy(z, tf.cast(labels, "int32"), options),
  bce: (_, z, t) => bce(z, t),
  kl: (_, z, t) => kl(z, t),
  focal: (options, z, labels) => focal(z, tf.cast(labels, "int32"), options),
  triplet: (options, a, p, n) => triplet(a, p, n, options),
  mined_triplet: (options, z, labels) => minedTriplet(z, tf.cast(labels, "int32"), options),
  contrastive: (options, x1, x2, alike) => contrastive(x1, x2, alike, options),
  dice: (options, p, g) => dice(p, g, options),
  iou: (options, p, g) => iou(p, g, options),
  tversky: (options, p, g) => tversky(p, g, options),
  info_nce: (options, q, k, negatives) => infoNce(q, k, negatives, options),
  nt_xent: (options, z1, z2) => ntXent(z1, z2, options)
};

const tensor = ({shape, data}: Block) => tf.tensor(data, shape);

describe(`agrees with PyTorch ${torch}`, () => {
  test.each(cases.map((each) => ({...each, name: `${each.loss} ${JSON.stringify(each.options)}`})))(
    "$name",
    ({loss, options, inputs, data, ...expected}) => {
      const fixed = Object.values(data).map(tensor);
      const f = (...leaves: tf.Tensor[]) => ours[loss](options as never, ...leaves, ...fixed);
      const leaves = Object.values(inputs).map(tensor);
      expect(value(f(...leaves))).toBeCloseTo(expected.value, 5);
      const gradients = tf.grads(f)(leaves);
      Object.values(expected.gradients).forEach(({data}, i) => expectClose(gradients[i], data, 2e-5));
    }
  );

  test("every loss of the script is among them", () => {
    const script = readFileSync(join(folder, "losses.py"), "utf8");
    const called = [...script.matchAll(/yield case\((\w+),/g)].map(([, name]) => name);
    expect(new Set(cases.map(({loss}) => loss))).toEqual(new Set(called));
    expect(new Set(called)).toEqual(new Set(Object.keys(ours)));
  });
});

test("what the pages show as the same in PyTorch are the script's own lines", () => {
  const script = readFileSync(join(folder, "losses.py"), "utf8");
  const pages = readdirSync("src/week2").filter((name) => name.endsWith("-losses.md"));
  const shown = pages.flatMap((page) => [...readFileSync(join("src/week2", page), "utf8").matchAll(/```python\n(.*?)```/gs)]); // prettier-ignore
  for (const [, code] of shown) for (const part of code.trim().split(/\n\n\n/)) expect(script).toContain(`${part}\n`);
});
