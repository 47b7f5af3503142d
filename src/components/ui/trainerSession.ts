import type {Compute, Run} from "../train/compute.js";
import type {RunEvent, RunSpec} from "../train/protocol.js";
import {sentence} from "../train/sentence.js";
import {live, trainerState, type TrainerEvent, type TrainerState, type Values} from "./trainerState.js";

/** What a session asks of the compute client. */
export type Trains = Pick<Compute, "train" | "memory">;

const ends = new Set<RunEvent["type"]>(["done", "stopped", "failed"]);

export type Session = ReturnType<typeof trainerSession>;

/**
 * A panel's state and the run behind it, without a document: at most one run at a time, begun only by `train`.
 *
 * @param run the run that the inputs' values ask for; what it throws is told as a refusal.
 */
export function trainerSession(compute: Trains, run: (values: Values) => RunSpec, first: TrainerState) {
  let state = first;
  let going: Run | null = null;
  let turn = 0; // a run that was let go keeps talking until its worker has stopped it: only the newest is heard
  let changed: Watcher = () => {};
  const dispatch = (event: TrainerEvent) => {
    const before = state;
    state = trainerState(before, event);
    if (state !== before) changed(state, before);
  };
  const refuse = (error: unknown) => dispatch({type: "refused", message: sentence(error)});
  const hear = (own: number) => async (event: RunEvent) => {
    if (own !== turn) return;
    dispatch(event);
    if (!ends.has(event.type)) return;
    going = null;
    const {numTensors, numBytes} = await compute.memory();
    if (own === turn) dispatch({type: "memory", tensors: numTensors, bytes: numBytes});
  };
  return {
    get state() {
      return state;
    },
    dispatch,
    refuse,
    /** Who is told every change, after it has been made. */
    watch: (watcher: Watcher) => void (changed = watcher),
    /** Trains what the inputs say from the beginning, or from a checkpoint. Does nothing while a run goes on. */
    train(from: string | null = null): void {
      if (live(state)) return;
      const own = ++turn;
      const fail = (error: unknown) => own === turn && dispatch({type: "failed", message: sentence(error), key: null});
      const listen = hear(own);
      try {
        const spec = run(state.values);
        dispatch({type: "start", values: state.values, spec, from});
        going = compute.train(spec, (event) => void listen(event).catch(fail), from ? {from} : undefined);
      } catch (error) {
        (live(state) ? fail : refuse)(error);
      }
    },
    ask(what: "pause" | "resume" | "stop"): void {
      if (!going || !live(state)) return;
      dispatch({type: "asked", what});
      going[what]();
    },
    /** Lets the run go: it is stopped, and nothing it still says is heard. */
    end(): void {
      ++turn;
      going?.stop();
      going = null;
    }
  };
}

type Watcher = (after: TrainerState, before: TrainerState) => void;
