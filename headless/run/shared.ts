import {part} from "../../src/components/data/part.js";
import type {DataSet, Records} from "../../src/components/data/records.js";

/** The data set with its images in memory that threads share, so that handing it to one copies nothing. */
export const sharedImages = ({train, test}: DataSet): DataSet => ({train: shared(train), test});

function shared(records: Records): Records {
  const images = new Uint8Array(new SharedArrayBuffer(records.images.length));
  images.set(records.images);
  return {...records, images};
}

/**
 * The data set for tuning: the last `count` training images are evaluated on instead of the test images, and are not
 * trained on.
 *
 * @throws RangeError if no training image would be left.
 */
export function heldOut({train}: DataSet, count: number): DataSet {
  if (!(count >= 1 && count < train.count))
    throw new RangeError(`heldOut: expected 1 to ${train.count - 1} images, got ${count}`);
  const at = train.count - count;
  return {train: part(train, 0, at), test: part(train, at, train.count)};
}
