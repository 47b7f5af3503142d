import {StreamLanguage} from "@codemirror/language";
import {javascript, typescript} from "@codemirror/legacy-modes/mode/javascript";

/** A lighter language than the preview's, which with the compiler would take the editor over its 200 kB. */
export const language = (name: string) =>
  /^[jt]sx?$/.test(name) ? StreamLanguage.define(name.startsWith("t") ? typescript : javascript) : [];
