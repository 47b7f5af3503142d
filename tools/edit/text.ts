import {normalised} from "./lines.js";
import {Refusal} from "./refusal.js";

/** A text as the editor sent it, its lines ended by LF. @throws Refusal if it could not come back as it was typed. */
export function plainText(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new Refusal(422, "expected whole characters, got half of one");
  if (text.includes("\0")) throw new Refusal(422, "expected text, got a NUL character");
  return normalised(text);
}

/** Without the blank lines at its beginning and its end. */
export const trimmed = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, "").replace(/(?:\n[ \t]*)+$/, "");

/** Whether a line is blank to markdown. */
export const isBlank = (line: string): boolean => /^[ \t]*$/.test(line);
