import type {CodeSlot} from "../train/cellCode.js";
import {compute as sharedCompute, type Compute} from "../train/compute.js";
import type {RunSpec} from "../train/protocol.js";
import {backendBadge} from "./backendBadge.js";
import {element} from "./element.js";
import {trainerActions} from "./trainerActions.js";
import {offeredCode} from "./trainerCode.js";
import {trainerChart} from "./trainerChart.js";
import {trainerCheckpoints} from "./trainerCheckpoints.js";
import {fromSearch, toSearch, trainerControls, type Controls} from "./trainerControls.js";
import type {Recorded} from "./trainerLines.js";
import {trainerNotices} from "./trainerNotices.js";
import {trainerProgress} from "./trainerProgress.js";
import {trainerSession, type Session} from "./trainerSession.js";
import {initialState, live, type TrainerState, type Values} from "./trainerState.js";

export type {Controls, Recorded, TrainerState, Values};

export interface TrainerOptions {
  /** A short word for the panel: it stands in the address (`?resnet.width=16`) and in the names of exported files. */
  name: string;
  /** URL of the TaskModule, from `import.meta.resolve("./resnetTask.js")`. */
  module: string;
  controls: Controls;
  /** The run that the inputs ask for. A control named as the field it sets lets a checkpoint set the inputs again. */
  spec: (values: Values) => Omit<RunSpec, "module">;
  /** Runs recorded elsewhere, drawn behind the live curves. */
  recorded?: Recorded[];
  /** Where cells of the page offer code for the next run: it stands in the run's `config` under the offered names. */
  code?: CodeSlot;
  /** The client that trains; the page's own unless given. */
  compute?: Compute;
}

export interface TrainerElement extends HTMLElement {
  readonly value: TrainerState;
}

/**
 * The panel that trains a task module: buttons, progress, curves, hyper-parameters, checkpoints.
 *
 *   const training = view(trainer({
 *     name: "resnet",
 *     module: import.meta.resolve("./resnetTask.js"),
 *     controls: {
 *       width: {label: "width", value: 16, options: [8, 16, 32, 64]},
 *       rate: {label: "learning rate", value: 0.1, min: 0.001, max: 1, step: 0.001},
 *       epochs: {label: "epochs", value: 5, min: 1, max: 200, step: 1},
 *       seed: {label: "seed", value: 1, min: 0, max: 1e6, step: 1}
 *     },
 *     spec: ({width, rate, epochs, seed}) => ({
 *       config: {width}, seed: Number(seed), epochs: Number(epochs), batch: 64,
 *       schedule: {kind: "cosine", rate: Number(rate), warmup: 0.1}
 *     })
 *   }));
 *
 * Training begins only at the press of Train or Resume. When the inputs move, the result is marked stale.
 * The run ends when the panel leaves the document: the cell ran again, its code was edited, the page was left.
 *
 * @returns an element whose `value` is the TrainerState, with an `input` event when the status, an epoch, the
 * checkpoint, the inputs or the staleness change; not at each step, so that cells below do not run at each step.
 */
export function trainer(options: TrainerOptions): TrainerElement {
  const {name, module, controls, recorded = [], compute = sharedCompute()} = options;
  const {spec, values: whole, watch} = offeredCode(options);
  const {values, message} = fromSearch(controls, name, location.search);
  const session = trainerSession(compute, (of) => ({...spec(of), module}), initialState(whole(values), message));
  const move = (to: Values) => {
    session.dispatch({type: "input", values: whole(to)});
    const {pathname, search, hash} = location;
    history.replaceState(history.state, "", pathname + toSearch(controls, name, to, search) + hash);
  };
  const inputs = trainerControls(controls, values, {moved: move, refused: session.refuse});
  const notices = trainerNotices(controls);
  const kept = trainerCheckpoints(
    compute,
    {name, module, controls, spec},
    {
      choose(offer, values) {
        if (!values || live(session.state)) return;
        inputs.set(values);
        move(values);
        session.train(offer.key);
      },
      tell: notices.tell,
      refuse: session.refuse
    }
  );
  const badge = backendBadge();
  const shown = [trainerActions(session), trainerProgress(), notices, trainerChart(recorded), kept];
  const [actions, progress, words, chart, checkpoints] = shown.map(({element}) => element);
  const root = panel(session, name, [
    element("div", {class: "trainer-head"}, actions, badge),
    inputs.element,
    progress,
    words,
    chart,
    checkpoints
  ]);
  const show = (state: TrainerState) => shown.forEach((part) => part.show(state));
  session.watch((after, before) => {
    show(after);
    notices.announce(after, before);
    // Where the worker finds no backend the run fails with the reason, so there is nothing more to say here.
    if (after.status === "loading" && before.status !== "loading") compute.backend().then(badge.report, () => {});
    if (after.keyStep !== before.keyStep || live(after) !== live(before)) kept.refresh();
    if (news.some((field) => after[field] !== before[field])) root.dispatchEvent(new Event("input"));
  });
  show(session.state);
  kept.refresh();
  watch(() => {
    session.dispatch({type: "input", values: whole(session.state.values)});
    kept.refresh();
  });
  return root;
}

/** What cells below the panel run again for. */
const news = ["status", "epochs", "key", "keyStep", "values", "stale"] as const;

/** The panel's element: its value is the session's state, and the session ends when it has left the document. */
function panel(session: Session, name: string, children: Element[]): TrainerElement {
  if (!customElements.get("trainer-panel")) customElements.define("trainer-panel", elementThatLeaves());
  const root = document.createElement("trainer-panel");
  root.className = "trainer";
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", `Training: ${name}`);
  root.append(...children);
  // An input's own event is not the panel's: only what `news` lists runs the cells below.
  root.addEventListener("input", (event) => event.target === root || event.stopImmediatePropagation());
  root.addEventListener("left", session.end);
  root.addEventListener("cell-run", () => session.train());
  root.addEventListener("cell-stop", () => session.ask("stop"));
  return Object.defineProperty(root, "value", {get: () => session.state}) as TrainerElement;
}

/** Says when it has left the document; being moved within it is not leaving. */
const elementThatLeaves = () =>
  class extends HTMLElement {
    disconnectedCallback(): void {
      queueMicrotask(() => this.isConnected || this.dispatchEvent(new Event("left")));
    }
  };
