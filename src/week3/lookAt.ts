import type {Records} from "../components/data/records.js";
import type {Rows} from "../components/evaluate/rows.js";
import type {Compute} from "../components/train/compute.js";
import type {Measure} from "../components/train/inTurn.js";
import type {Block} from "../components/train/task.js";
import type {Judged, Seen, Weights} from "./look.js";

/** Where to look: the checkpoint's key, its run's configuration and seed, and the URLs of the task and of what looks. */
export interface Place {
  compute: Pick<Compute, "predict" | "records" | "weights" | "call">;
  task: string;
  look: string;
  config: Record<string, unknown>;
  seed: number;
  key: string;
}

/** What a trained encoder of these pages shows of itself. */
export interface Looked {
  own: Judged;
  random: Judged;
  /** kNN on the pixels themselves, of the same images. */
  pixels: number;
  /** The first test records, their places in the plane, and the most similar training records of each, nearest first. */
  shown: Records;
  points: Rows;
  near: {rows: Int32Array; count: number};
  gallery: Records;
  /** The test records that were judged: the first ones, of which `shown` are the first. */
  judged: Records;
  weights: Weights;
}

const most = 1000; // records of a split that are looked at
const drawn = 300; // of them in the plane
const near = 6;

const firstRows = (count: number) => Array.from({length: count}, (_, i) => i);

/** Measures a checkpoint's features beside those of the network as it began and the pixels: test records only are judged. */
export async function lookAt({compute, task, look, config, seed, key}: Place): Promise<Looked> {
  const seen = (split: "train" | "test", count: number) => ({module: task, config, split, rows: firstRows(count)});
  const counts = [config.images, config.testImages].map((count) => Math.min(most, Number(count)));
  const [train, test] = [seen("train", counts[0]), seen("test", counts[1])];
  const [gallery, asked] = [await compute.records(train), await compute.records(test)];
  const [known, seenNow] = [await compute.predict({...train, key}), await compute.predict({...test, key})];
  const [from, to] = [known, seenNow].map(({outputs, labels}): Seen => ({features: outputs, labels}));
  const fresh = async (records: Records): Promise<Seen> => ({
    features: await compute.call<Block>(look, "untrained", config, seed, records),
    labels: records.labels
  });
  const classes = gallery.classes.length;
  const some = first(asked, Math.min(drawn, asked.count));
  const few = rowsOf(to.features, some.count);
  return {
    own: await compute.call(look, "judge", from, to, classes),
    random: await compute.call(look, "judge", await fresh(gallery), await fresh(asked), classes),
    pixels: await compute.call(look, "nearestPixels", gallery, asked),
    shown: some,
    points: await compute.call(look, "plane", few),
    near: {rows: await compute.call(look, "similar", few, from.features, near), count: near},
    gallery,
    judged: asked,
    weights: await compute.weights(key)
  };
}

/** kNN of a run's checkpoint, for runs in turn. */
export const nearestClassOf =
  (compute: Pick<Compute, "predict" | "call">, look: string): Measure<number> =>
  async ({module, config}, key) => {
    const seen = async (split: "train" | "test"): Promise<Seen> => {
      const {outputs, labels} = await compute.predict({module, config, split, key});
      return {features: outputs, labels};
    };
    return compute.call(look, "nearestClass", await seen("train"), await seen("test"), 10);
  };

/** The first so many records. */
export function first(records: Records, count: number): Records {
  const bytes = records.height * records.width * records.channels;
  return {...records, count, images: records.images.slice(0, count * bytes), labels: records.labels.slice(0, count)};
}

const rowsOf = ({data, shape}: Block, count: number): Block => ({
  data: data.slice(0, count * shape[1]),
  shape: [count, shape[1]]
});

/** The images of some rows, one after another. */
export function imagesAt({images, height, width, channels}: Records, rows: ArrayLike<number>): Uint8Array {
  const bytes = height * width * channels;
  const out = new Uint8Array(rows.length * bytes);
  for (let i = 0; i < rows.length; ++i) out.set(images.subarray(rows[i] * bytes, (rows[i] + 1) * bytes), i * bytes);
  return out;
}
