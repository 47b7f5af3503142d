import {isolateHistory} from "@codemirror/commands";
import {type EditorState, type Extension, Prec} from "@codemirror/state";
import {EditorView, keymap} from "@codemirror/view";
import {anchor} from "./editorAnchor.js";
import {type Draft, dropDraft, keepDraft} from "./editorDrafts.js";
import {faultMark, markFault} from "./editorFault.js";
import {keepState, stateOf} from "./editorState.js";
import {type EditError, type EditStore, nameOf, type SourceBlock} from "./editorStore.js";
import {button, element} from "./element.js";

/** What the editor says of its text's types: how many problems, those of other cells, what a name is. */
export interface TypeNews {
  problems(count: number): void;
  elsewhere(list: string[]): void;
  explain(text: string): void;
}

/** An editor that is open on a block. */
export interface OpenEditor {
  /** Whether its text is not the saved one. */
  changed(): boolean;
  selectAll(): void;
  /** Closes it, or asks the reader first when there are changes. */
  cancel(): void;
}

/** What an editor begins with and whom it tells. */
export interface EditorOptions {
  store: EditStore;
  language: Extension;
  /** The text to begin with, when one was left unsaved. */
  draft?: Draft;
  /** Called once, at the end, with the block's id. */
  closed(id: string | undefined): void;
  saved(file: string): void;
  /** What knows the types of the block's code, if anything does. */
  help?(block: () => SourceBlock, news: TypeNews): Extension;
}

/** Opens a block's source below the block, or a component's at the bottom of the window. */
export function openEditor(source: SourceBlock, options: EditorOptions): OpenEditor {
  const {store, language, draft, closed, saved, help} = options;
  let block = source;
  let busy = false;
  const message = element("p", {class: "editor-message", role: "status"});
  const choices = element("div", {class: "editor-choices"});
  const name = element("span", {class: "editor-name"});
  const problems = element("span", {role: "status"});
  const elsewhere = element("ul", {class: "editor-elsewhere", role: "status", "aria-label": "Problems in other cells"});
  const bar = element(
    "div",
    {class: "editor-bar"},
    name,
    problems,
    button("Save", () => save(true)),
    button("Cancel", cancel)
  );
  const host = element("div");
  const box = element("section", {class: "editor", "aria-label": "Editor"}, bar, message, choices, elsewhere, host);
  const view = new EditorView({parent: host, state: stateOf(block, draft?.text ?? block.text, ownExtension())});
  const place = anchor(box, block.place.id);
  const text = () => view.state.doc.toString();
  const changed = () => text() !== block.text;
  describe();
  view.focus();
  box.scrollIntoView({block: "nearest"});

  function ownExtension() {
    const keys = [
      {key: "Shift-Enter", run: () => (save(true), true)},
      {key: "Mod-s", run: () => (save(false), true)},
      {key: "Mod-Enter", run: () => (save(false), true)}
    ];
    const typed = EditorView.updateListener.of(({docChanged, state}) => docChanged && remember(state));
    const news = {
      problems: (count: number) => {
        problems.textContent = count ? `${count === 1 ? "1 problem" : `${count} problems`} (F8)` : "";
      },
      elsewhere: (list: string[]) => elsewhere.replaceChildren(...list.map((text) => element("li", {}, text))),
      explain: (text: string) => say(text)
    };
    return [
      help?.(() => block, news) ?? [],
      Prec.highest(keymap.of(keys)),
      Prec.lowest(keymap.of([{key: "Escape", run: () => (cancel(), true)}])),
      [typed, faultMark, language]
    ];
  }

  function describe() {
    name.textContent = `src/${block.file}:${block.line} · ${nameOf(block.kind)}${changed() ? " · changed" : ""}`;
  }

  function remember(state: EditorState) {
    const draft = {block, text: state.doc.toString(), time: Date.now()};
    (changed() ? keepDraft(draft) : dropDraft()).catch((error: Error) =>
      say(`The browser does not keep this text over a reload: ${error.message}`, true)
    );
    describe();
  }

  function say(text: string, failed = false, ...offers: Node[]) {
    message.textContent = text;
    message.dataset.state = failed ? "failed" : "done";
    choices.replaceChildren(...offers);
  }

  async function save(andClose: boolean, over = block.place): Promise<void> {
    if (busy) return;
    busy = true;
    const sent = text();
    try {
      const edit = over.id ? {do: "replace", place: over} : {do: "write", digest: over.digest};
      const answer = await store.save({...edit, file: block.file, text: sent});
      if (answer.block) block = {...answer.block, text: sent};
      place.to(block.place.id);
      await remember(view.state);
      say("Saved.");
      saved(block.file);
      if (andClose && !changed()) close();
    } catch (error) {
      failed(error as Error, andClose);
    } finally {
      busy = false;
    }
  }

  function failed(error: Error, andClose: boolean) {
    const {status, theirs, offset} = error as EditError;
    if (offset !== undefined) markFault(view, offset);
    if (status !== 409) return say(`Not saved: ${error.message}. The text is still here.`, true);
    const copy = button("Copy my text", () => navigator.clipboard.writeText(text()));
    if (!theirs) return say(`${error.message}. There is no such block any more.`, true, copy);
    const {words} = store;
    const bar = element("div", {class: "editor-bar"});
    bar.append(
      button(words.over, () => save(andClose, theirs.place)),
      button(words.take, () => take(theirs)),
      copy
    );
    const listing = element("pre", {class: "editor-theirs", "aria-label": words.theirs, tabindex: 0}, theirs.text);
    say(`${error.message}. ${words.theirs}`, true, listing, bar);
  }

  function take(theirs: SourceBlock) {
    block = theirs;
    const changes = {from: 0, to: view.state.doc.length, insert: theirs.text};
    view.dispatch({changes, annotations: isolateHistory.of("full")}); // one undo brings the own text back
    place.to(theirs.place.id);
    say(store.words.taken);
    view.focus();
  }

  function cancel() {
    if (!changed()) return close();
    const bar = element("div", {class: "editor-bar"});
    const keep = button("Keep editing", () => {
      say("");
      view.focus();
    });
    bar.append(button("Discard changes", close), keep);
    say("There are changes that are not saved.", true, bar);
    keep.focus();
  }

  function close() {
    keepState(block, view.state);
    dropDraft().catch(() => undefined); // where nothing can be kept, nothing was
    view.destroy();
    place.remove();
    closed(block.place.id);
  }

  if (draft) say(`Unsaved text of ${new Date(draft.time).toLocaleTimeString()}, as it was left.`);
  const selectAll = () => view.dispatch({selection: {anchor: 0, head: view.state.doc.length}});
  return {changed, cancel, selectAll};
}
