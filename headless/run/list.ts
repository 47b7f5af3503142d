import {formatDuration} from "../../src/components/ui/runCard.js";
import {recipes} from "../recipes/index.js";

/** The recipes, one to a line, with the time each takes. */
export function list(): string {
  const longest = Math.max(...Object.keys(recipes).map((name) => name.length));
  const lines = Object.entries(recipes).map(([name, {about, hours}]) => {
    return `${name.padEnd(longest)}  ${about}; about ${formatDuration(3600 * hours)} alone on two cores`;
  });
  return lines.join("\n");
}
