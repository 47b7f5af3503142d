import {element} from "./element.js";
import {formatNumber} from "./number.js";
import {live, type TrainerState} from "./trainerState.js";
import {duration, statusText} from "./trainerText.js";

const names = ["step", "epoch", "elapsed", "remaining", "speed", "tensors"] as const;

/** The numbers of a run in words with units; a dash for what is not known. */
export function readouts({status, progress}: TrainerState): Record<(typeof names)[number], string> {
  const {step, steps, stepsPerEpoch, epoch, elapsed, remaining, imagesPerSecond, tensors, bytes} = progress;
  const when = (known: boolean, text: string) => (known ? text : "–");
  const begun = steps > 0;
  return {
    step: when(begun, `${formatNumber(step)} of ${formatNumber(steps)}`),
    epoch: when(begun, `${epoch.toFixed(Number.isInteger(epoch) ? 0 : 2)} of ${Math.round(steps / stepsPerEpoch)}`),
    elapsed: when(elapsed > 0, duration(elapsed)),
    remaining: when(live({status}) && remaining > 0, duration(remaining)),
    speed: when(imagesPerSecond > 0, `${formatNumber(imagesPerSecond, 3)} images/s`),
    tensors: when(begun, `${formatNumber(tensors)} · ${(bytes / 1e6).toFixed(1)} MB`)
  };
}

/** The progress bar with its words and numbers. Nothing here speaks: announcements are made elsewhere, seldom. */
export function trainerProgress() {
  const text = element("p", {class: "trainer-status"});
  const bar = element("progress", {"aria-label": "Progress of the run", value: 0});
  const cells = Object.fromEntries(names.map((name) => [name, element("dd", {"data-readout": name})]));
  const numbers = names.map((name) => element("div", {}, element("dt", {}, name), cells[name]));
  return {
    element: element("div", {class: "trainer-progress"}, text, bar, element("dl", {}, ...numbers)),
    show(state: TrainerState): void {
      const {status, progress, loading} = state;
      text.textContent = statusText(state);
      bar.value = status === "loading" ? loading.fraction : progress.step / Math.max(1, progress.steps);
      for (const [name, value] of Object.entries(readouts(state))) cells[name].textContent = value;
    }
  };
}
