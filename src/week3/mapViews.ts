import {CIFAR10_CLASSES} from "../components/data/cifar10.js";
import type {RunRecord} from "../components/data/runRecord.js";
import type {FeatureMap} from "../components/evaluate/featureMap.js";
import type {Compute} from "../components/train/compute.js";
import type {MapView} from "../components/ui/featureMapView.js";
import {imagesAt, type Looked} from "./lookAt.js";

/** The map of a network that was trained in the page. */
export const lookedView = ({shown, points, near: {rows, count}, gallery}: Looked): MapView => ({
  maps: [{caption: `${shown.count} test images by their features.`, points: points.data}],
  labels: shown.labels,
  classes: shown.classes,
  near(at) {
    const found = rows.slice(at * count, (at + 1) * count);
    const images = new Uint8Array([...imagesAt(shown, [at]), ...imagesAt(gallery, found)]);
    return {classes: Array.from(found, (row) => gallery.labels[row]), images: Promise.resolve(images)};
  }
});

interface Images {
  compute: Pick<Compute, "records">;
  /** URL of the task module. */
  module: string;
  config: RunRecord["recipe"]["config"];
}

/** The maps of a recorded run; with images where the site holds the very file that the run was made with. */
export function recordedView({epochs, labels, neighbours}: FeatureMap, images: Images | null): MapView {
  const shown = neighbours.rows.length / neighbours.count;
  return {
    maps: epochs.map(({epoch, points}) => ({
      caption: `Recorded. The first ${shown} test images after epoch ${epoch}. Each map begins in the shape of the one before it.`,
      ...{epoch, points: points.data}
    })),
    labels: labels.subarray(0, shown),
    classes: CIFAR10_CLASSES,
    near(at) {
      const [from, to] = [at * neighbours.count, (at + 1) * neighbours.count];
      const classes = Array.from(neighbours.labels.slice(from, to));
      return {classes, images: images && read(images, at, Array.from(neighbours.rows.slice(from, to)))};
    }
  };
}

async function read({compute, ...query}: Images, at: number, rows: number[]): Promise<Uint8Array> {
  const own = await compute.records({...query, split: "test", rows: [at]});
  const others = await compute.records({...query, split: "train", rows});
  return new Uint8Array([...own.images, ...others.images]);
}
