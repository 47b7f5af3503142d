import type * as tf from "@tensorflow/tfjs";
import type {Given, Grouping, Known} from "../standardise.js";
import {allocate} from "./backend.js";
import {added, each, groupsForRows, joined, meeting, ownRow, size} from "./rows.js";
import {groupsOf, run, type Binding, type Shader} from "./shader.js";
import {sumOfParts} from "./sum.js";

/** (images, places, channels), in groups of channels. */
type Sizes = {images: number; places: number; channels: number; shifted: boolean; parts: number} & Grouping;

const numbers = (written: string[], read: string[]): Binding[] => [
  ...written.map((name) => ({name, type: "f32", written: true})),
  ...read.map((name) => ({name, type: "f32"}))
];

const lengthOf = ({places, channels, groups}: Sizes) => (places * channels) / groups;
const rowsOf = ({images, groups}: Sizes) => images * groups;

/** The place `at` and the channel `c` of a group's k-th number. */
function placeOf({places, channels, groups}: Sizes): string {
  const width = channels / groups;
  return `let c = row % ${groups} * ${width} + k % ${width};
    let at = (row / ${groups} * ${places} + k / ${width}) * ${channels} + c;`;
}

/** A row is a group: its numbers lie a channel's width apart where there are several groups. */
const onGroups = (name: string, written: string[], read: (sizes: Sizes) => string[], body: (sizes: Sizes) => string): Shader<Sizes> => ({
  name,
  size,
  bindings: (sizes) => numbers(written, read(sizes)),
  declarations: (sizes) => meeting(lengthOf(sizes)),
  body: (sizes) => `${ownRow(rowsOf(sizes), lengthOf(sizes)).replace(/let base.*/, "")} ${body(sizes)}`
}); // prettier-ignore

const forwardShader = onGroups(
  "standardise",
  ["y", "means", "scales"],
  ({shifted}) => ["x", "weight", ...(shifted ? ["bias"] : [])],
  (sizes) => {
    const length = lengthOf(sizes);
    const loop = (text: string) => each(length, `${placeOf(sizes)} ${text}`);
    const centre = `${loop("mean += x[at];")} ${joined(length, "mean", added)} mean /= ${length}.0;`;
    return `var mean = 0.0;
  ${sizes.centred ? centre : ""}
  var square = 0.0;
  ${loop("let d = x[at] - mean; square += d * d;")}
  ${joined(length, "square", added)}
  let scale = inverseSqrt(square / ${length}.0 + ${sizes.epsilon});
  means[row] = mean;
  scales[row] = scale;
  ${loop(`y[at] = (x[at] - mean) * scale * weight[c]${sizes.shifted ? " + bias[c]" : ""};`)}`;
  }
);

const inputShader = onGroups(
  "standardise gradient",
  ["dx"],
  () => ["dy", "x", "weight", "means", "scales"],
  (sizes) => {
    const length = lengthOf(sizes);
    const loop = (text: string) =>
      each(length, `${placeOf(sizes)} let up = dy[at] * weight[c]; let unit = (x[at] - mean) * scale; ${text}`);
    return `let mean = means[row];
  let scale = scales[row];
  var ups = 0.0;
  var along = 0.0;
  ${loop("ups += up; along += up * unit;")}
  ${sizes.centred ? joined(length, "ups", added) : "ups = 0.0;"}
  ${joined(length, "along", added)}
  ${loop(`dx[at] = scale * (up - (ups + unit * along) / ${length}.0);`)}`;
  }
);

/** dγ and dβ of shares of all places: an invocation to a channel and a share. */
const weightShader: Shader<Sizes> = {
  name: "standardise weights",
  size,
  bindings: () => numbers(["alongs", "sums"], ["dy", "x", "means", "scales"]),
  body: ({images, places, channels, groups, parts}) => `let at = group * ${size} + local;
  if (at >= ${parts * channels}) { return; }
  let c = at % ${channels};
  var along = 0.0;
  var ups = 0.0;
  for (var place = at / ${channels}; place < ${images * places}; place += ${parts}) {
    let row = place / ${places} * ${groups} + c / ${channels / groups};
    let up = dy[place * ${channels} + c];
    ups += up;
    along += up * (x[place * ${channels} + c] - means[row]) * scales[row];
  }
  alongs[at] = along;
  sums[at] = ups;`
};

function sizesOf(x: tf.Tensor, grouping: Grouping, shifted: boolean): Sizes {
  const [images, places, channels] = x.shape;
  const parts = Math.max(1, Math.min(64, Math.ceil((images * places) / 32)));
  return {images, places, channels, shifted, parts, ...grouping};
}

/** [y, means, 1 / deviations] of `standardise`. */
export function forward({x, weight, bias}: Given, grouping: Grouping): tf.Tensor[] {
  const sizes = sizesOf(x, grouping, bias !== undefined);
  const each = [sizes.images, 1, sizes.groups, 1];
  const made = [x.shape, each, each].map((shape) => allocate(shape));
  run(
    forwardShader,
    sizes,
    [...made, x, weight, ...(bias ? [bias] : [])],
    groupsForRows(rowsOf(sizes), lengthOf(sizes))
  );
  return made;
}

/** [dx, dγ, dβ] of `standardise`. */
export function backward({dy, x, weight, mean, scale}: Known, grouping: Grouping): tf.Tensor[] {
  const sizes = sizesOf(x, grouping, false);
  const {channels, parts} = sizes;
  const [dx, alongs, sums] = [x.shape, [parts, channels], [parts, channels]].map((shape) => allocate(shape));
  run(inputShader, sizes, [dx, dy, x, weight, mean, scale], groupsForRows(rowsOf(sizes), lengthOf(sizes)));
  run(weightShader, sizes, [alongs, sums, dy, x, mean, scale], groupsOf(parts * channels, size));
  return [dx, ...[alongs, sums].map((partial) => sumOfParts(partial, [channels]))];
}
