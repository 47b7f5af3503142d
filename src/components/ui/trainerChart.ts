import type {Figure} from "../plots/figure.js";
import {element} from "./element.js";
import type {Recorded} from "./trainerLines.js";
import {live, type TrainerState} from "./trainerState.js";

const often = 500; // milliseconds between two drawings of a run that goes on

/**
 * Loss and accuracy over epochs on one chart: loss on the left axis, accuracy on the right, recorded runs behind.
 * What draws it is loaded with the first curve.
 */
export function trainerChart(recorded: Recorded[]) {
  const empty = element("p", {}, "The curves of loss and accuracy appear here.");
  const root = element("div", {class: "trainer-chart"}, empty);
  let chart: Figure | null = null;
  let drawn: unknown[] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let newest: TrainerState;
  const blank = () => !newest.points.length && !newest.epochs.length && !recorded.length;
  const draw = async () => {
    waiting = undefined;
    const {drawCurves} = await import("./trainerFigure.js");
    if (blank()) return;
    chart = drawCurves(chart, newest, recorded);
    if (chart && chart.parentNode !== root) root.replaceChildren(chart);
  };
  return {
    element: root,
    show(state: TrainerState): void {
      const now = [state.points, state.epochs, state.spec];
      newest = state;
      if (now.every((part, i) => part === drawn[i])) return;
      drawn = now;
      if (blank()) {
        root.replaceChildren(empty);
        chart = null; // a run that begins leaves nothing of the one before
      } else if (live(state) && chart) waiting ??= setTimeout(draw, often);
      else {
        clearTimeout(waiting);
        void draw();
      }
    }
  };
}
