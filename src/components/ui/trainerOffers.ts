import {moduleName} from "../train/moduleName.js";
import type {CheckpointMeta, RunSpec} from "../train/protocol.js";
import {valuesOf, type Controls} from "./trainerControls.js";
import type {Values} from "./trainerState.js";
import {describe} from "./trainerText.js";

/** A saved state of a run of this page, and the values of the inputs that it belongs to. */
export interface Offer {
  key: string;
  /** Null where the page's inputs cannot ask for this run: it can be exported and forgotten, not continued. */
  values: Values | null;
  spec: RunSpec;
  step: number;
  epoch: number;
  /** All epochs are behind it: its result can be shown, there is nothing left to train. */
  finished: boolean;
  /** For a run that failed: the values with half the learning rate, as near below as the input allows, and in words. */
  gentler: {values: Values; text: string} | null;
  /** `width 16, rate 0.1` and when it was saved. */
  text: string;
}

/** What a list of checkpoints must know of its page. */
export interface Page {
  name: string;
  module: string;
  controls: Controls;
  spec: (values: Values) => Omit<RunSpec, "module">;
}

/** What a page may offer of all that the browser keeps: the checkpoints of its own task module, newest first. */
export function offers(saved: CheckpointMeta[], page: Page): Offer[] {
  const {module, controls, spec} = page;
  return saved
    .filter((checkpoint) => moduleName(checkpoint.spec.module) === moduleName(module))
    .sort((a, b) => b.saved - a.saved)
    .map((checkpoint) => {
      const values = valuesOf(controls, spec, checkpoint.spec);
      const whose = values ? describe(controls, values) : "made by another version of this page";
      const finished = checkpoint.epoch >= checkpoint.spec.epochs;
      const {key, step, epoch, spec: run} = checkpoint;
      const gentler = checkpoint.tag === "failed" && values ? atHalfTheRate(page, run) : null;
      const text = `${whose} · saved ${moment(checkpoint.saved)}`;
      return {key, values, spec: run, step, epoch, finished, gentler, text};
    });
}

function atHalfTheRate({controls, spec}: Page, run: RunSpec): Offer["gentler"] {
  const control = controls.rate;
  if (!control) return null;
  const half = run.schedule.rate / 2;
  const options =
    "options" in control
      ? control.options.map(Number).filter((rate) => rate <= half)
      : [control.min + Math.floor((half - control.min) / control.step + 1e-6) * control.step];
  const rate = Number(Math.max(...options).toPrecision(9)); // 0.15, not 0.15000000000000002
  const values = valuesOf(controls, spec, {...run, schedule: {...run.schedule, rate}});
  return values && {values, text: `${control.label} ${rate} instead of ${run.schedule.rate}`};
}

const moment = (ms: number) =>
  new Date(ms).toLocaleString("en-GB", {day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"});

/** `epoch 3`, or `epoch 3.4` for a run that was stopped within one. */
export const place = ({epoch}: Offer) => `epoch ${Number.isInteger(epoch) ? epoch : epoch.toFixed(1)}`;
