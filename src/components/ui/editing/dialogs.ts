import {button, element} from "../element.js";
import {openDialog} from "./dialog.js";
import {difference, visible} from "./difference.js";
import type {ReaderEdit} from "./readerEdits.js";

const names: Record<ReaderEdit["kind"], string> = {
  cell: "Cell",
  listing: "Listing",
  mathematics: "Formula",
  table: "Table",
  html: "HTML",
  reference: "Link references",
  container: "Text",
  prose: "Text"
};

/** How a block is named in a list of changes. */
const nameOf = ({kind, was}: ReaderEdit): string => {
  const line = was.split("\n").find((line) => line.trim()) ?? "";
  return `${names[kind]} “${visible(line.trim().slice(0, 60))}”`;
};

const differences = (edits: ReaderEdit[], from: (edit: ReaderEdit) => string): HTMLElement[] =>
  edits.map((edit) =>
    element(
      "section",
      {},
      element("h3", {}, nameOf(edit)),
      difference(from(edit), edit.text, `Changes of ${nameOf(edit)}`)
    )
  );

/** Shows what the reader's texts change. */
export function showDifferences(edits: ReaderEdit[]): void {
  const close = button("Close", () => dialog.close(), {autofocus: true});
  const title = element("h2", {}, "Your changes");
  const dialog = openDialog("Your changes", title, ...differences(edits, ({was}) => was), close);
}

/** Shows what the site made of a block that the reader had changed, and what the reader had. */
export function showConflict(mine: ReaderEdit, now: string): void {
  const close = button("Close", () => dialog.close(), {autofocus: true});
  const dialog = openDialog(
    "What changed",
    element("h2", {}, nameOf(mine)),
    element("h3", {}, "What you changed"),
    difference(mine.was, mine.text, "What you changed"),
    element("h3", {}, "What the site has changed since"),
    difference(mine.was, now, "What the site has changed since"),
    close
  );
}

/**
 * Asks whether the changes that came with a link may run. They are shown as text; nothing of them is rendered, and the
 * answer is no unless the reader presses the button that says yes.
 *
 * @param published the text that stands on the page for an edit's block; undefined if there is no such block.
 */
export function askConsent(edits: ReaderEdit[], published: (edit: ReaderEdit) => string | undefined): Promise<boolean> {
  return new Promise((answer) => {
    let agreed = false;
    const no = button("Do not run them", () => dialog.close(), {autofocus: true});
    const yes = button(edits.length === 1 ? "Run this change" : `Run these ${edits.length} changes`, () => {
      agreed = true;
      dialog.close();
    });
    const dialog = openDialog(
      "Changes in a link",
      element("h2", {}, "This link changes the page"),
      element(
        "p",
        {},
        "It carries code that somebody else wrote. Code that runs here can read and change all that this site keeps in " +
          "your browser, and send it elsewhere. Run it only if you trust whoever made the link. Nothing of it has run."
      ),
      ...differences(edits, (edit) => published(edit) ?? edit.was),
      element("div", {class: "editor-bar"}, no, yes)
    );
    dialog.addEventListener("close", () => answer(agreed));
  });
}
