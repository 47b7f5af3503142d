import {autocompletion, completionKeymap} from "@codemirror/autocomplete";
import {javascript} from "@codemirror/lang-javascript";
import type {Extension} from "@codemirror/state";
import {keymap} from "@codemirror/view";
import {markdown} from "./editorMarkdown.js";
import {searching} from "./editorSearch.js";
import type {SourceBlock} from "./editorStore.js";

/** The language of a block in the preview, with what completes it, and search. */
export function languageOf({kind, language}: SourceBlock): Extension {
  return [autocompletion(), keymap.of(completionKeymap), searching, isCode(kind) ? codeOf(language) : markdown];
}

/** Whether a block is code, not Markdown. */
export const isCode = (kind: SourceBlock["kind"]): boolean => ["cell", "listing", "component"].includes(kind);

const codeOf = (language: string): Extension =>
  /^[jt]sx?$/.test(language) ? javascript({typescript: language.startsWith("t")}) : [];
