import {formatNumber, formatPercent} from "./number.js";
import type {Controls} from "./trainerControls.js";
import {live, type TrainerState, type Values} from "./trainerState.js";

/** Seconds as a reader says them: `8 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const s = Math.round(Math.max(0, seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, "0")} s`;
  return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, "0")} min`;
}

/** Values with their labels: `width 16, learning rate 0.1`. Only `names` are told, all controls unless given. */
export const describe = (controls: Controls, values: Values, names = Object.keys(controls)): string =>
  names.map((name) => `${controls[name].label} ${values[name]}`).join(", ");

/** What the curves belong to, where the inputs say something else by now; empty when they agree. */
export function staleNotice(controls: Controls, {stale, ran, values, status}: TrainerState): string {
  if (!stale || ran === null) return "";
  const moved = Object.keys(controls).filter((name) => ran[name] !== values[name]);
  const inputs = describe(controls, ran, moved);
  const code = ran.code === values.code ? "" : "code that has changed since";
  const advice = live({status}) ? "after Stop, " : "";
  const what = [inputs, code].filter(Boolean).join(" and ");
  return `These curves belong to ${what}; ${advice}Train begins a run with the new ${inputs ? "inputs" : "code"}.`;
}

/** The newest epoch in words: `Epoch 2 of 5: loss 1.21, test accuracy 58.3 %`. */
export function epochSentence({epochs, progress}: TrainerState): string {
  const last = epochs.at(-1);
  if (!last) return "";
  const {steps, stepsPerEpoch} = progress;
  const all = stepsPerEpoch ? ` of ${Math.round(steps / stepsPerEpoch)}` : "";
  const accuracy = last.test.accuracy === undefined ? "" : `, test accuracy ${formatPercent(last.test.accuracy)}`;
  return `Epoch ${last.epoch}${all}: loss ${formatNumber(last.train.loss, 3)}${accuracy}.`;
}

/** Where the run stands, in a few words that stay on show. */
export function statusText(state: TrainerState): string {
  const {status, asked, loading, progress, spec, key} = state;
  if (asked === "stop") return "Stopping after this step …";
  if (asked === "pause") return "Pausing after this step …";
  const fraction = loading.fraction > 0 ? `, ${Math.floor(100 * loading.fraction)} %` : "";
  const at = `at step ${progress.step}`;
  switch (status) {
    case "idle":
      return "Not trained yet.";
    case "loading":
      return loading.what ? `Preparing: ${loading.what}${fraction}` : "Preparing …";
    case "running":
      return asked === "resume" ? "Resuming …" : "Training.";
    case "paused":
      return `Paused ${at}.`;
    case "done":
      return `Done: ${spec?.epochs ?? 0} ${spec?.epochs === 1 ? "epoch" : "epochs"}, seed ${spec?.seed ?? 0}.`;
    case "stopped":
      return `Stopped ${at}.`;
    case "failed":
      return `Failed ${at}${key === null ? "" : "; the last good state is kept below"}.`;
  }
}

/**
 * What a screen reader is told of a change, empty for nothing: each change of status, and each epoch that ends
 * at least `quiet` seconds after the last one told. Steps are never told; errors have a region of their own.
 */
export function announcement(before: TrainerState, after: TrainerState, silence: number, quiet = 15): string {
  if (before.status !== after.status) {
    if (after.status === "failed") return "";
    const result = live(after) ? "" : epochSentence(after);
    return [statusText(after), result].filter(Boolean).join(" ");
  }
  if (!before.stale && after.stale) return "The inputs have moved; the curves belong to the run before.";
  return after.epochs.length > before.epochs.length && silence >= quiet ? epochSentence(after) : "";
}
