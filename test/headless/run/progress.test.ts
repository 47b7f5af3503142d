import {Writable} from "node:stream";
import {expect, test, vi} from "vitest";
import {epochLine, progress, type Step} from "../../../headless/run/progress.js";

/** A stream that keeps what is written, as a terminal or not. */
function stream(isTTY: boolean) {
  let text = "";
  const write = new Writable({write: (part: Buffer, _, done) => ((text += part.toString()), done())});
  const terminal = Object.assign(write, {isTTY, columns: 200, rows: 20, cursorTo: () => true});
  return {stream: terminal as unknown as NodeJS.WriteStream, text: () => text};
}

const step = (n: number): Step => ({
  ...{step: n, steps: 100, epoch: n / 10, epochs: 10, metrics: {loss: 2, accuracy: 0.25}},
  ...{batch: 50, flops: 1e9, seconds: 0.5}
});

test("an epoch's line names its metrics, those of the test split where it was measured, speed and time", () => {
  const record = {
    epoch: 3,
    train: {loss: 1.5, accuracy: 0.5},
    test: {loss: 1.25},
    imagesPerSecond: 73.04,
    seconds: 780
  };
  expect(epochLine(record)).toBe(
    "epoch 3: train loss 1.5000 accuracy 50.00 %, test loss 1.2500, 73.0 images/s, 13 min"
  );
  expect(epochLine({...record, test: {}})).toBe("epoch 3: train loss 1.5000 accuracy 50.00 %, 73.0 images/s, 13 min");
});

test("without a terminal there is a plain line a minute, whatever the number of steps", () => {
  vi.useFakeTimers();
  const {stream: plain, text} = stream(false);
  const shown = progress(plain);
  for (let n = 1; n <= 90; ++n) {
    vi.advanceTimersByTime(1000);
    shown.step(step(n));
  }
  shown.say("done");
  expect(text()).toBe("epoch 6.00 of 10: loss 2.0000 accuracy 25.00 %, 100.0 images/s, 2 GFLOP/s, 20 s left\ndone\n");
  vi.useRealTimers();
});

test("the first step, which also compiles, weighs no more in what is shown than each of the fifty after it", () => {
  const {stream: terminal, text} = stream(true);
  const shown = progress(terminal);
  for (let n = 1; n <= 50; ++n) shown.step({...step(n), seconds: n === 1 ? 25.5 : 0.5});
  shown.say("after fifty"); // draws the bar
  shown.end();
  expect(text()).toMatch(/epoch 5\.00 of 10:.* 50\.0 images\/s/); // (25.5 + 49 × 0.5) / 50 = 1 s a step
});

test("on a terminal a bar stands under what is said, and what is said after its end is not lost", () => {
  const {stream: terminal, text} = stream(true);
  const shown = progress(terminal);
  shown.step(step(10));
  shown.say("an epoch");
  shown.end();
  shown.say("recorded");
  expect(text()).toMatch(/epoch 1\.00 of 10: loss 2\.0000.*45 s left/);
  expect(text().indexOf("an epoch\n")).toBeGreaterThan(0);
  expect(text().endsWith("recorded\n")).toBe(true);
});
