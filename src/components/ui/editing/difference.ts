import {diffLines} from "diff";
import {element} from "../element.js";

/** Characters that change how others are shown, or are not shown: a hidden one could make code look like other code. */
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/** Text with its invisible characters written out: `⟨U+202E⟩`. */
export const visible = (text: string): string =>
  text.replace(hidden, (character) => `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`);

/** The lines of two texts: which went, which came, which stay. Text only, whatever it holds. */
export function difference(from: string, to: string, label: string): HTMLElement {
  const end = (text: string) => (text === "" ? "" : `${text}\n`);
  const lines = diffLines(end(from), end(to)).flatMap(({value, added, removed}) => {
    const [tag, sign] = added
      ? (["ins", "+ "] as const)
      : removed
        ? (["del", "− "] as const)
        : (["span", "  "] as const);
    return value
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => element(tag, {}, `${sign}${visible(line)}\n`));
  });
  return element("pre", {class: "edit-difference", "aria-label": label, tabindex: 0}, ...lines);
}
