import {element} from "./element.js";
import {steadyButton, turnOff} from "./trainerRow.js";
import type {Session} from "./trainerSession.js";
import {live, type TrainerState} from "./trainerState.js";

/** Train, Pause or Resume, Stop: three places that never move. */
export function trainerActions({train, ask}: Pick<Session, "train" | "ask">) {
  let paused = false;
  const begin = steadyButton("Train", () => train());
  const hold = steadyButton("Pause", () => ask(paused ? "resume" : "pause"));
  const stop = steadyButton("Stop", () => ask("stop"));
  begin.className = "trainer-train";
  return {
    element: element("div", {class: "trainer-actions"}, begin, hold, stop),
    show({status, asked}: TrainerState): void {
      const going = live({status});
      paused = status === "paused";
      hold.textContent = paused ? "Resume" : "Pause";
      turnOff(begin, going);
      turnOff(hold, asked !== null || (status !== "running" && !paused));
      turnOff(stop, asked === "stop" || !going);
    }
  };
}
