import {element} from "./element.js";
import type {Controls} from "./trainerControls.js";
import type {TrainerState} from "./trainerState.js";
import {announcement, staleNotice} from "./trainerText.js";

/** What is said in words: errors at once, staleness and notes in view, news politely and seldom. */
export function trainerNotices(controls: Controls) {
  const alert = element("p", {class: "trainer-alert", role: "alert"});
  const stale = element("p", {class: "trainer-stale"});
  const notice = element("p", {class: "trainer-notice"});
  const polite = element("p", {class: "trainer-polite", role: "status", "aria-live": "polite"});
  let told = -Infinity;
  return {
    element: element("div", {class: "trainer-notices"}, alert, stale, notice, polite),
    show(state: TrainerState): void {
      say(alert, state.message);
      say(stale, staleNotice(controls, state));
      say(notice, [state.notice, state.note].filter(Boolean).join(" "));
    },
    /** Tells a screen reader what changed, where it is worth an interruption. */
    announce(after: TrainerState, before: TrainerState): void {
      const now = performance.now() / 1000;
      const text = announcement(before, after, now - told);
      if (!text) return;
      told = now;
      polite.textContent = text;
    },
    /** News that is not a change of the run: a file was written, a checkpoint came in. */
    tell(text: string): void {
      polite.textContent = text;
    }
  };
}

function say(line: HTMLElement, text: string): void {
  if (line.textContent !== text) line.textContent = text; // an unchanged alert is not told twice
}
