import type * as tf from "@tensorflow/tfjs";
import {allocate, copy} from "./backend.js";
import {groupsOf, run, type Shader} from "./shader.js";

// Many small tensors as one: the leaves of a tree lie side by side in one buffer, each from a multiple of four numbers on,
// so that one dispatch updates them all.

/** Leaves in their order in the buffer: those that weight decay applies to come first. */
interface Layout {
  offsets: number[];
  /** Numbers before the first leaf without decay, and in all. */
  decayed: number;
  size: number;
}

/** Places for leaves of the given sizes. */
export function layoutOf(sizes: number[], decays: boolean[]): Layout {
  const offsets = new Array<number>(sizes.length);
  let end = 0;
  const place = (wanted: boolean) =>
    sizes.forEach((size, i) => {
      if (decays[i] !== wanted) return;
      offsets[i] = end;
      end += 4 * Math.ceil(size / 4);
    });
  place(true);
  const decayed = end;
  place(false);
  return {offsets, decayed, size: end};
}

/** One update of every number: WGSL in the names of its inputs and outputs, vectors of four, `decay` and the scalars. */
export interface Update {
  name: string;
  /** Lists of leaves that it reads, and that it writes. */
  reads: string[];
  writes: string[];
  /** One-number tensors that it reads. */
  scalars: string[];
  text: string;
}

const size = 64;

type Text = {
  count: number;
  decayed: number;
  decay: number;
  reads: string;
  writes: string;
  scalars: string;
  text: string;
};

// All of the text is made of parameters, by which a pipeline is found again.
const shader: Shader<Text> = {
  name: "update",
  size,
  bindings: ({reads, writes, scalars}) => [
    ...writes.split(" ").map((leaf) => ({name: `to_${leaf}`, type: "vec4f", written: true})),
    ...reads.split(" ").map((leaf) => ({name: `of_${leaf}`, type: "vec4f"})),
    ...(scalars ? [{name: "scalars", type: "f32"}] : [])
  ],
  body: ({count, decayed, decay, reads, writes, scalars, text}) => `let at = group * ${size} + local;
  if (at >= ${count / 4}) { return; }
  let decay = select(0.0, ${decay}, at < ${decayed / 4});
  ${reads.split(" ").map((leaf) => `let ${leaf} = of_${leaf}[at];`).join(" ")}
  ${scalars.split(" ").filter(Boolean).map((scalar, i) => `let ${scalar} = scalars[${i}];`).join(" ")}
  ${text}
  ${writes.split(" ").map((leaf) => `to_${leaf}[at] = new_${leaf};`).join(" ")}`
}; // prettier-ignore

/**
 * Runs an update over all leaves in one dispatch.
 *
 * @param lists the leaves by the names in `reads`: as many in each list, of the same sizes.
 * @param decay λ, and which leaves it applies to.
 * @returns new leaves by the names in `writes`.
 */
export function updateFlat(
  update: Update,
  lists: Record<string, tf.Tensor[]>,
  scalars: Record<string, tf.Tensor>,
  {amount, applies}: {amount: number; applies: boolean[]}
): Record<string, tf.Tensor[]> {
  const like = lists[update.reads[0]];
  const layout = layoutOf(like.map((leaf) => leaf.size), applies); // prettier-ignore
  const placed = (leaves: tf.Tensor[]) => leaves.map((tensor, i) => ({tensor, offset: layout.offsets[i]}));
  const whole = () => allocate([layout.size]);
  const given = update.reads.map((name) => {
    const flat = whole();
    copy(placed(lists[name]), flat, "in");
    return flat;
  });
  const made = update.writes.map(whole);
  const {name, text} = update;
  const [reads, writes, names] = [update.reads, update.writes, update.scalars].map((list) => list.join(" "));
  const parameters = {count: layout.size, decayed: layout.decayed, decay: amount, reads, writes, scalars: names, text};
  const tensors = [...made, ...given, ...together(update.scalars.map((scalar) => scalars[scalar]))];
  run({...shader, name}, parameters, tensors, groupsOf(layout.size / 4, size));
  const results = update.writes.map((name, i) => {
    const leaves = like.map((leaf) => allocate(leaf.shape));
    copy(placed(leaves), made[i], "out");
    return [name, leaves] as const;
  });
  return Object.fromEntries(results);
}

/** Scalars in one buffer, or none: a shader may have eight buffers in all. */
function together(scalars: tf.Tensor[]): tf.Tensor[] {
  if (scalars.length < 2) return scalars;
  const whole = allocate([scalars.length]);
  copy(scalars.map((tensor, offset) => ({tensor, offset})), whole, "in"); // prettier-ignore
  return [whole];
}
