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
export function offers(saved: CheckpointMeta[], {module, controls, spec}: Page): Offer[] {
  return saved
    .filter((checkpoint) => moduleName(checkpoint.spec.module) === moduleName(module))
    .sort((a, b) => b.saved - a.saved)
    .map((checkpoint) => {
      const values = valuesOf(controls, spec, checkpoint.spec);
      const whose = values ? describe(controls, values) : "made by another version of this page";
      const finished = checkpoint.epoch >= checkpoint.spec.epochs;
      const {key, step, epoch, spec: run} = checkpoint;
      return {key, values, spec: run, step, epoch, finished, text: `${whose} · saved ${moment(checkpoint.saved)}`};
    });
}

const moment = (ms: number) =>
  new Date(ms).toLocaleString("en-GB", {day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"});

/** `epoch 3`, or `epoch 3.4` for a run that was stopped within one. */
export const place = ({epoch}: Offer) => `epoch ${Number.isInteger(epoch) ? epoch : epoch.toFixed(1)}`;
