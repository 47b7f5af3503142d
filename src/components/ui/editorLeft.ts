import {type Draft, keepDraft, type LeftDraft} from "./editorDrafts.js";
import {type EditStore, nameOf} from "./editorStore.js";
import {button, element} from "./element.js";

/** What the panel does with a text: opens it (false if another editor is open), and reads what is saved now. */
interface Taking {
  open(draft: Draft): Promise<boolean>;
  read: EditStore["read"];
}

/**
 * Shows the texts that tabs left unsaved when they were closed, each beside what is saved now. None is taken up before
 * the reader says so; "Not now" leaves them for the next time.
 */
export function offerDrafts(drafts: LeftDraft[], {open, read}: Taking): void {
  const count = drafts.length === 1 ? "A tab that was closed" : `${drafts.length} tabs that were closed`;
  const later = button("Not now", () => panel.remove());
  const panel = element(
    "section",
    {class: "editor editor-docked editor-left", "aria-label": "Unsaved texts"},
    element("h2", {role: "status"}, `${count} left a text that is not saved.`)
  );

  function done(part: HTMLElement, draft: LeftDraft): void {
    draft.forget();
    part.remove();
    if (!panel.querySelector("article")) panel.remove();
  }
  for (const draft of drafts) {
    const {file, line, kind} = draft.block;
    const when = new Date(draft.time).toLocaleString();
    const saved = element("pre", {"aria-label": "Saved now", tabindex: 0}, "…");
    const take = button("Go on with it", async () => {
      if (!(await open(draft))) return;
      await keepDraft(draft); // over a reload, as this tab's
      done(part, draft);
    });
    const part = element(
      "article",
      {},
      element("h3", {}, `src/${file}:${line} · ${nameOf(kind)} · ${when}: left unsaved, and as it is saved now`),
      element(
        "div",
        {class: "editor-sides"},
        element("pre", {"aria-label": "Left unsaved", tabindex: 0}, draft.text),
        saved
      ),
      element(
        "div",
        {class: "editor-bar"},
        take,
        button("Throw it away", () => done(part, draft))
      )
    );
    read(file, draft.block.place.id).then(
      ({text}) => (saved.textContent = text),
      () => (saved.textContent = `${draft.block.text}\n\n(as it was; it has changed since)`)
    );
    panel.append(part);
  }
  panel.append(element("div", {class: "editor-bar"}, later));
  document.body.append(panel);
}
