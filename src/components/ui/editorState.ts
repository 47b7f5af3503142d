import {closeBrackets, closeBracketsKeymap} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyField, historyKeymap} from "@codemirror/commands";
import {bracketMatching, indentOnInput} from "@codemirror/language";
import {EditorState, type Extension} from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers
} from "@codemirror/view";
import {nameOf, type SourceBlock} from "./editorStore.js";
import {pageTheme} from "./editorTheme.js";

const commands = defaultKeymap.filter(({key}) => key !== "Escape"); // which would only unselect: it closes the editor

/** The states of editors that were closed, by the file and the text that was left: their undo history goes on. */
const closed = new Map<string, unknown>();
const fields = {history: historyField};
const keyOf = ({file}: SourceBlock, text: string) => `${file}\n${text}`;

/** An editor's state for a block; with the undo history of the editor that was last closed on this text. */
export function stateOf(block: SourceBlock, text: string, own: Extension): EditorState {
  const config = {doc: text, extensions: [own, extensionsOf(block)]};
  const before = closed.get(keyOf(block, text));
  return before ? EditorState.fromJSON(before, config, fields) : EditorState.create(config);
}

/** Keeps an editor's undo history for when its block is opened again. */
export function keepState(block: SourceBlock, state: EditorState): void {
  closed.set(keyOf(block, state.doc.toString()), state.toJSON(fields));
}

function extensionsOf({kind, file, line}: SourceBlock): Extension {
  return [
    ...[lineNumbers(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine()],
    ...[indentOnInput(), bracketMatching(), closeBrackets()],
    keymap.of([...closeBracketsKeymap, ...commands, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({"aria-label": `Source of the ${nameOf(kind)} in src/${file}, line ${line}`}),
    pageTheme
  ];
}
