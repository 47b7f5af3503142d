import {expect, test} from "vitest";
import {failureSentence} from "../../src/components/train/shortage.js";

test.each(["Array buffer allocation failed", "Aborted(OOM)", "Cannot enlarge memory arrays", "Invalid typed array length: 9"])(
  "of %s a reader is told the batch to try",
  (message) => {
    const error = new RangeError(message);
    expect(failureSentence(error, {batch: 33, short: false})).toBe(
      "This machine has too little memory for a batch of 33: try a batch of 16."
    );
    expect(failureSentence(error, {batch: 1, short: true})).toBe(
      "The GPU has too little memory for a batch of 1: try a smaller model or smaller images."
    );
  }
); // prettier-ignore

test("any other error says what it says, a room or a zoom among them", () => {
  for (const message of ["conv2d: expected 4 axes, got 3", "no room here", "zoom too large"])
    expect(failureSentence(new Error(message), {batch: 8, short: false})).toBe(message);
});
