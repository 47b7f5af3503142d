import {autocompletion, type CompletionContext, type CompletionResult} from "@codemirror/autocomplete";
import {type Diagnostic, forceLinting, linter, lintGutter, lintKeymap} from "@codemirror/lint";
import type {Extension} from "@codemirror/state";
import {type EditorView, hoverTooltip, keymap, type Tooltip} from "@codemirror/view";
import type {TypeNews} from "./editor.js";
import {post} from "./editorRequests.js";
import type {SourceBlock} from "./editorStore.js";
import {element} from "./element.js";

interface Explanation {
  from: number;
  to: number;
  type: string;
  text: string;
}

interface Completions {
  from: number;
  complete: boolean;
  options: {label: string; kind: string}[];
}

/** Something that the text makes wrong in another cell of the page, or in a value of its text. */
interface Elsewhere {
  cell: number | null;
  line: number;
  message: string;
}

/**
 * What the preview knows of a cell's or a component's types, for CodeMirror: what is wrong while typing, what may be
 * typed, what a name is. A preview that does not answer gives none of them, and editing goes on.
 *
 * @param block the block as it was last read or saved.
 */
export function typeHelp(block: () => SourceBlock, news: TypeNews): Extension {
  const {kind, language} = block();
  if (kind !== "component" && !(kind === "cell" && /^[jt]s$/.test(language))) return [];
  const ask = async <T>(view: Pick<EditorView, "state">, question: Record<string, unknown>): Promise<T | null> => {
    const {file, place} = block();
    const body = {file, id: place.id ?? null, text: view.state.doc.toString(), ...question};
    const {answer} = await post<{answer: T | null}>("/_edit/types", body).catch(() => ({answer: null}));
    return answer;
  };

  async function diagnose(view: EditorView): Promise<Diagnostic[]> {
    const found = (await ask<Diagnostic[]>(view, {ask: "diagnose"})) ?? [];
    news.problems(found.length);
    void lookElsewhere(view);
    return found;
  }

  async function lookElsewhere(view: EditorView): Promise<void> {
    if (kind !== "cell") return;
    const {doc} = view.state;
    const found = (await ask<Elsewhere[]>(view, {ask: "elsewhere"})) ?? [];
    const place = ({cell, line}: Elsewhere) => (cell === null ? `text in line ${line}` : `cell ${cell}, line ${line}`);
    if (view.state.doc === doc) news.elsewhere(found.map((one) => `${place(one)}: ${one.message}`));
  }

  async function complete(context: CompletionContext): Promise<CompletionResult | null> {
    if (!context.explicit && !context.matchBefore(/[\p{L}\p{N}_$]$|[."'/]$/u)) return null;
    const at = context.pos;
    const answer = await ask<Completions>(context, {ask: "complete", at});
    if (!answer) return null;
    const info = ({label}: {label: string}) =>
      ask<Explanation>(context, {ask: "describe", at, label}).then((it) => it && explanation(it));
    const options = answer.options.map(({label, kind}) => ({label, type: icons[kind] ?? "variable", info}));
    return {from: answer.from, options, validFor: answer.complete ? /^[\p{L}\p{N}_$]*$/u : undefined};
  }

  async function hover(view: EditorView, pos: number): Promise<Tooltip | null> {
    const answer = await ask<Explanation>(view, {ask: "hover", at: pos});
    if (!answer || !answer.type) return null;
    return {pos: answer.from, end: answer.to, above: true, create: () => ({dom: explanation(answer)})};
  }

  function explainHere(view: EditorView): boolean {
    ask<Explanation>(view, {ask: "hover", at: view.state.selection.main.head}).then((answer) =>
      news.explain(answer ? [answer.type, answer.text].filter(Boolean).join("\n") : "Nothing is known of this place.")
    );
    return true;
  }

  return [
    linter(diagnose, {delay: 300}),
    lintGutter(),
    autocompletion({override: [complete]}),
    hoverTooltip(hover),
    keymap.of([{key: "Mod-.", run: explainHere}, ...lintKeymap])
  ];
}

/** Looks at the text again, for example after a save, when other cells have changed. */
export const diagnoseAgain = (view: EditorView): void => forceLinting(view);

function explanation({type, text}: Explanation): HTMLElement {
  return element(
    "div",
    {class: "editor-explanation"},
    element("code", {}, type),
    ...(text ? [element("p", {}, text)] : [])
  );
}

/** CodeMirror's icons for what TypeScript calls a completion. */
const icons: Record<string, string> = {
  ...{
    const: "constant",
    let: "variable",
    var: "variable",
    parameter: "variable",
    alias: "variable",
    import: "variable"
  },
  ...{function: "function", "local function": "function", method: "method", property: "property", getter: "property"},
  ...{class: "class", interface: "interface", type: "type", enum: "enum", module: "namespace", keyword: "keyword"},
  ...{script: "text", directory: "text", string: "text"}
};
