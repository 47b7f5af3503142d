import cliProgress from "cli-progress";
import type {EpochRecord, Numbers} from "../../src/components/train/protocol.js";
import {formatDuration} from "../../src/components/ui/runCard.js";

/** How a run shows itself while it goes on. */
export interface Progress {
  /** A sentence of its own line. */
  say(line: string): void;
  step(shown: Step): void;
  epoch(record: EpochRecord): void;
  /** No more steps: what is said now stands below. */
  end(): void;
}

export interface Step {
  step: number;
  steps: number;
  /** Epochs passed, a fraction, and how many there will be. */
  epoch: number;
  epochs: number;
  metrics: Numbers;
  /** Of the batch, and what it took: records, operations, seconds. */
  batch: number;
  flops: number;
  seconds: number;
}

const everySeconds = 60;

/** On a terminal a bar under the lines; elsewhere lines alone, one a minute and one an epoch. */
export function progress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const average = smoothed();
  let shown = performance.now();
  let bar = stream.isTTY ? terminalBar(stream) : null;
  const say = (line: string) => (bar ? bar.log(`${line}\n`) : void stream.write(`${line}\n`));
  return {
    say,
    step(now) {
      const line = average(now);
      if (bar) return bar.update(now, line);
      if (performance.now() - shown < 1000 * everySeconds) return;
      shown = performance.now();
      say(line);
    },
    epoch(record) {
      say(epochLine(record));
    },
    end() {
      bar?.stop();
      bar = null;
    }
  };
}

/** `epoch 3: train loss 1.204 accuracy 61.30 %, test loss 1.1 accuracy 65.02 %, 73.1 images/s, 13 min` */
export function epochLine({epoch, train, test, imagesPerSecond, seconds}: EpochRecord): string {
  const measured = Object.keys(test).length ? `, test ${numbers(test)}` : "";
  const speed = `${imagesPerSecond.toFixed(1)} images/s, ${formatDuration(seconds)}`;
  return `epoch ${+epoch.toPrecision(3)}: train ${numbers(train)}${measured}, ${speed}`;
}

const numbers = (metrics: Numbers): string =>
  Object.entries(metrics)
    .map(
      ([name, value]) =>
        `${name} ${["accuracy", "knn"].includes(name) ? `${(100 * value).toFixed(2)} %` : value.toFixed(4)}`
    )
    .join(" ");

/** The line of the newest step, with metrics and times averaged over about the last 50. */
function smoothed(): (step: Step) => string {
  let mean: Numbers = {};
  let count = 0;
  const weigh = (name: string, value: number) => {
    const share = Math.max(1 / count, 0.02); // the first step, which also compiles, weighs as the others
    return (mean[name] = (mean[name] ?? value) * (1 - share) + value * share);
  };
  return ({step, steps, epoch, epochs, metrics, batch, flops, seconds}) => {
    count += 1;
    const time = weigh("seconds of a step", seconds);
    mean = {...mean, ...Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, weigh(name, value)]))};
    const shown = Object.fromEntries(Object.keys(metrics).map((name) => [name, mean[name]]));
    const speed = `${(batch / time).toFixed(1)} images/s, ${(flops / time / 1e9).toFixed(0)} GFLOP/s`;
    const left = formatDuration((steps - step) * time);
    return `epoch ${epoch.toFixed(2)} of ${+epochs.toFixed(2)}: ${numbers(shown)}, ${speed}, ${left} left`;
  };
}

function terminalBar(stream: NodeJS.WriteStream) {
  const options = {
    format: "[{bar}] {line}",
    stream,
    hideCursor: true,
    barsize: 24,
    linewrap: false,
    gracefulExit: false
  };
  const bars = new cliProgress.MultiBar(options, cliProgress.Presets.shades_classic);
  let bar: cliProgress.SingleBar | null = null;
  return {
    log(text: string) {
      bars.log(text);
      bars.update(); // at once: a native step leaves its timer no time
    },
    update({step, steps}: Step, line: string) {
      bar ??= bars.create(steps, step, {line});
      bar.update(step, {line});
    },
    stop: () => bars.stop()
  };
}
