import type {EpochRecord, RunEvent, RunSpec, StepRecord} from "../train/protocol.js";

/** What the inputs say, by control name. */
export type Values = Record<string, number | string>;

export type Status = "idle" | "loading" | "running" | "paused" | "done" | "stopped" | "failed";

/** How far a run has come; times in seconds. */
export interface Progress extends Omit<Extract<RunEvent, {type: "progress"}>, "type" | "points"> {
  steps: number;
  stepsPerEpoch: number;
}

/** Everything a trainer panel shows, as plain data: the value that other cells of the page see. */
export interface TrainerState {
  status: Status;
  /** What the reader asked of the run and the worker has not answered yet. */
  asked: "pause" | "resume" | "stop" | null;
  /** What the inputs say now. */
  values: Values;
  /** What the curves below belong to; null before the first run. */
  ran: Values | null;
  /** The inputs have moved since: `values` is not `ran`. */
  stale: boolean;
  /** The run that `ran` asked for. */
  spec: RunSpec | null;
  points: StepRecord[];
  epochs: EpochRecord[];
  /** The newest checkpoint of this run, for `predict` and `weights`, and the step it holds: the key stays, the step grows. */
  key: string | null;
  keyStep: number;
  /** One sentence about what went wrong; empty when nothing did. */
  message: string;
  /** One sentence to know while the run goes on, for example that no checkpoint could be kept. */
  notice: string;
  /** What is being fetched or built before the first step, and the fraction of it that is there. */
  loading: {fraction: number; what: string};
  /** What a reader must know before comparing the numbers with published ones; from the data. */
  note: string;
  progress: Progress;
}

/** What happens to a panel: what its run says and what its reader does. */
export type TrainerEvent =
  | RunEvent
  | {type: "input"; values: Values}
  | {type: "start"; values: Values; spec: RunSpec; from: string | null}
  | {type: "asked"; what: "pause" | "resume" | "stop"}
  | {type: "memory"; tensors: number; bytes: number}
  | {type: "refused"; message: string};

const nothing: Progress = {
  ...{step: 0, steps: 0, stepsPerEpoch: 0, epoch: 0},
  ...{elapsed: 0, remaining: 0, imagesPerSecond: 0, tensors: 0, bytes: 0}
};

const noRun = {
  ...{points: [], epochs: [], key: null, keyStep: 0, progress: nothing},
  ...{message: "", notice: "", note: "", loading: {fraction: 0, what: ""}}
};

/** A panel that has not been asked for anything: training never starts by itself. */
export const initialState = (values: Values, message = ""): TrainerState => ({
  ...noRun,
  status: "idle",
  asked: null,
  values,
  ran: null,
  stale: false,
  spec: null,
  message
});

/** A run that has not ended. */
export const live = ({status}: Pick<TrainerState, "status">): boolean =>
  status === "loading" || status === "running" || status === "paused";

/** Whether two sets of values agree in every name. */
export const same = (a: Values, b: Values): boolean => Object.keys({...a, ...b}).every((name) => a[name] === b[name]);

/**
 * The panel after an event. Pure: the same state and event give the same panel, and neither is written to.
 * An event that makes no sense in a state (progress of a run that has ended, a second start) changes nothing.
 */
export function trainerState(state: TrainerState, event: TrainerEvent): TrainerState {
  switch (event.type) {
    case "input": {
      const stale = state.ran !== null && !same(event.values, state.ran);
      const message = state.status === "failed" ? state.message : ""; // what to try is read while trying it
      return {...state, values: event.values, stale, message};
    }
    case "refused":
      return {...state, message: event.message};
    case "memory":
      return {...state, progress: {...state.progress, tensors: event.tensors, bytes: event.bytes}};
    case "start":
      return live(state) ? state : start(state, event);
    default:
      return live(state) ? duringRun(state, event) : state;
  }
}

/** Every run begins with empty curves; one that goes on from a checkpoint is told their `history`. */
function start(state: TrainerState, {values, spec, from}: Extract<TrainerEvent, {type: "start"}>): TrainerState {
  return {...state, ...noRun, status: "loading", asked: null, values, ran: values, stale: false, spec, key: from};
}

type Happening = Exclude<TrainerEvent, {type: "input" | "refused" | "memory" | "start"}>;

function duringRun(state: TrainerState, event: Happening): TrainerState {
  switch (event.type) {
    case "asked":
      return {...state, asked: event.what};
    case "loading":
      return {...state, loading: {fraction: event.fraction, what: event.what}};
    case "started": {
      const {steps, stepsPerEpoch, fromStep, note} = event;
      const progress = {...nothing, step: fromStep, steps, stepsPerEpoch, epoch: fromStep / stepsPerEpoch};
      return {...state, status: "running", note, keyStep: fromStep, progress};
    }
    case "history":
      return {...state, points: event.points, epochs: event.epochs};
    case "notice":
      return {...state, notice: event.message};
    case "progress": {
      const {type: _, points, ...now} = event;
      return {...state, points: [...state.points, ...points], progress: {...state.progress, ...now}};
    }
    case "epoch":
      return {...state, epochs: [...state.epochs, event.record]};
    case "checkpoint":
      return {...state, key: event.key, keyStep: event.step};
    case "paused":
      return {...state, status: "paused", asked: state.asked === "pause" ? null : state.asked};
    case "resumed":
      return {...state, status: "running", asked: state.asked === "resume" ? null : state.asked};
    case "failed":
      return {...state, status: "failed", asked: null, message: event.message, key: event.key ?? state.key};
    default:
      return {...state, status: event.type, asked: null, key: event.key ?? state.key};
  }
}
