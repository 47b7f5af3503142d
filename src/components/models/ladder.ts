import * as tf from "@tensorflow/tfjs";
import type {BatchStats, NormParams} from "../layers/batchNorm.js";
import type {Rng} from "../math/random.js";
import {mean} from "../ops/mean.js";
import type {Tree} from "../tensor/tree.js";
import {ladderPlan, type Block, type LadderPlan, type Taken} from "./ladderPlan.js";
import {activate, either, ladderUnit, type UnitParams, type UnitStats} from "./ladderUnit.js";
import type {Aux, Encoder, Mode} from "./model.js";

type Drawn = {params: Tree; stats: Tree};
type Part = {init(rng: Rng): Drawn; apply(params: Tree, stats: Tree, x: tf.Tensor, mode: Mode): [tf.Tensor, Tree]};

/** Parts one after another, under their names. */
function chain(parts: Record<string, Part>): Part {
  return {
    init(rng) {
      const drawn = Object.entries(parts).map(([name, part]): [string, Drawn] => [name, part.init(rng.fork(name))]);
      const column = (of: keyof Drawn): Tree => Object.fromEntries(drawn.map(([name, both]) => [name, both[of]]));
      return {params: column("params"), stats: column("stats")};
    },
    apply(params, stats, x, mode) {
      const moved: Record<string, Tree> = {};
      let h = x;
      for (const [name, part] of Object.entries(parts))
        [h, moved[name]] = part.apply(at(params, name), at(stats, name), h, mode);
      return [h, moved];
    }
  };
}

/** A part of a tree; {} where there is none: a tree that was rebuilt from its leaves has lost parts without statistics. */
const at = (tree: Tree, name: string): Tree => (tree as Record<string, Tree | undefined>)[name] ?? {};

/** A unit of a plan as a part. */
const unitPart = (...[unit]: Parameters<typeof ladderUnit>): Part => {
  const {init, apply} = ladderUnit(unit);
  return {init, apply: (params, stats, x, mode) => apply(params as UnitParams, stats as UnitStats, x, mode)};
};

const normPart = (kind: "batch" | "layer", channels: number): Part => {
  const {init, apply} = either(kind, channels);
  return {
    init: () => ({params: init().params, stats: kind === "batch" ? init().stats : {}}),
    apply: (params, stats, x, mode) => apply(params as NormParams, stats as BatchStats, x, mode)
  };
};

/** y = f(units(x) + projection(x)). */
function blockPart({units, projection, activation}: Block): Part {
  const [inner, around] = [chain(numbered(units.map((unit) => unitPart(unit)))), projection && unitPart(projection)];
  return {
    init(rng) {
      const drawn = inner.init(rng.fork("units"));
      const beside = around?.init(rng.fork("projection"));
      return {
        params: {units: drawn.params, ...(beside && {projection: beside.params})},
        stats: {units: drawn.stats, ...(beside && {projection: beside.stats})}
      };
    },
    apply(params, stats, x, mode) {
      const [branch, moved] = inner.apply(at(params, "units"), at(stats, "units"), x, mode);
      if (!around) return [activate(activation, tf.add(branch, x)), {units: moved}];
      const [other, beside] = around.apply(at(params, "projection"), at(stats, "projection"), x, mode);
      return [activate(activation, tf.add(branch, other)), {units: moved, projection: beside}];
    }
  };
}

const numbered = (parts: Part[]): Record<string, Part> => Object.fromEntries(parts.map((part, i) => [`${i}`, part]));

function stageParts({stages}: LadderPlan): Part[] {
  return stages.map(({down, blocks}) =>
    chain({
      ...(down && {norm: normPart(down.norm, down.unit.inputs), down: unitPart(down.unit)}),
      blocks: chain(numbered(blocks.map(blockPart)))
    })
  );
}

/**
 * A network between a residual one and a ConvNeXt, as an encoder: (B, 32, 32, 3) → (B, C). Liu et al. 2022, section 2.
 *
 * `ladderPlan` says what each step changes. Without any it is a ResNet of bottleneck blocks; with all it is a ConvNeXt
 * without the factors γ of its branches. `aux` holds the outputs of `stem`, `stage0`, ….
 */
export function ladder(width: number, taken: Taken): Encoder<Tree, Tree> {
  const plan = ladderPlan(width, taken);
  const [stem, stages] = [unitPart(plan.stem), stageParts(plan)];
  const last = plan.last && normPart(plan.last, plan.features);
  const parts = {stem, ...Object.fromEntries(stages.map((part, i) => [`stage${i}`, part])), ...(last && {last})};
  return {
    features: plan.features,
    init: (rng) => chain(parts).init(rng),
    apply(params, stats, x, mode = {}) {
      const aux: Aux = {};
      const moved: Record<string, Tree> = {};
      let h = x;
      for (const [name, part] of Object.entries(parts)) {
        if (name === "last") h = mean(h, [1, 2]); // (B, C)
        [h, moved[name]] = part.apply(at(params, name), at(stats, name), h, mode);
        aux[name] = h;
      }
      return [last ? h : mean(h, [1, 2]), moved, aux];
    }
  };
}
