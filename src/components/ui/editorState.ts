import {autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyField, historyKeymap} from "@codemirror/commands";
import {javascript} from "@codemirror/lang-javascript";
import {bracketMatching, defineLanguageFacet, indentOnInput, Language} from "@codemirror/language";
import {highlightSelectionMatches, search, searchKeymap} from "@codemirror/search";
import {EditorState, type Extension} from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers
} from "@codemirror/view";
import {GFM, parser} from "@lezer/markdown";
import type {SourceBlock} from "./editorRequests.js";
import {pageTheme} from "./editorTheme.js";

const commands = defaultKeymap.filter(({key}) => key !== "Escape"); // which would only unselect: it closes the editor

/** Without the languages of HTML and style sheets that CodeMirror's own Markdown brings along. */
const markdown = new Language(defineLanguageFacet(), parser.configure(GFM), [], "markdown");

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

function extensionsOf({kind, language, file, line}: SourceBlock): Extension {
  const code = kind === "cell" || kind === "listing" || kind === "component";
  return [
    ...[lineNumbers(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine()],
    ...[indentOnInput(), bracketMatching(), closeBrackets(), autocompletion(), search(), highlightSelectionMatches()],
    keymap.of([...closeBracketsKeymap, ...commands, ...searchKeymap, ...historyKeymap, ...completionKeymap]),
    code ? (/^[jt]sx?$/.test(language) ? javascript({typescript: language.startsWith("t")}) : []) : markdown,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({"aria-label": `Source of the ${nameOf(kind)} in src/${file}, line ${line}`}),
    pageTheme
  ];
}

/** What a reader calls a block. */
export const nameOf = (kind: SourceBlock["kind"]): string =>
  ({
    cell: "cell",
    listing: "listing",
    mathematics: "formula",
    table: "table",
    container: "block",
    html: "HTML",
    prose: "text",
    component: "file"
  })[kind];
