import {counterpart} from "./conflict.js";
import type {ReaderActions} from "./commands.js";
import {copyText} from "./dialog.js";
import type {Marks, Offer} from "./marks.js";
import type {ReaderEdit} from "./readerEdits.js";
import type {Session} from "./session.js";

/** What the bars are about, beside the edits themselves. */
export interface Situation {
  /** Edits that could not be shown, with why. */
  failed: Map<string, string>;
  /** The kept edits have not been run: the last time they did not finish. */
  held: boolean;
  /** Another tab has changed the edits. */
  elsewhere: boolean;
}

/** What the bars' buttons do beside the commands. */
export interface Overview extends ReaderActions {
  edit(id: string): unknown;
  say(text: string): void;
  /** Shows the kept edits. */
  refresh(): Promise<void>;
}

/** Texts beside one another, loaded when some are first shown. */
const dialogs = () => import("./dialogs.js");

/** Draws the bars of a page: one above each changed block, and one for the page. */
export function drawMarks(session: Session, marks: Marks, situation: Situation, actions: Overview): void {
  const {failed, held, elsewhere} = situation;
  const all = session.edits.all();
  const lines: {text: string; offers: Offer[]}[] = [];
  marks.clear();
  for (const edit of all) {
    const offers = session.block(edit.id) ? offersOf(session, edit, actions) : moved(session, edit, actions);
    const at = session.block(edit.id)?.id ?? counterpart(session.page, edit)?.id;
    const text = textOf(session, edit, {failed, held});
    if (!at || !marks.above(at, text, offers)) lines.push({text: `${text} It is not on the page any more.`, offers});
  }
  for (const {key, raw} of session.edits.damaged())
    lines.push({
      text: "A change of yours that this browser keeps cannot be read.",
      offers: [
        ["Copy what is kept", () => copyText(raw, "What is kept", actions.say)],
        ["Forget it", () => (session.edits.forget(key), actions.refresh())]
      ]
    });
  const show: Offer = [held ? "Run them" : "Show them here", actions.refresh];
  if (held)
    lines.push({text: "Your changes did not finish running last time, so they do not run now.", offers: [show]});
  else if (elsewhere) lines.push({text: "Your changes of this page were changed in another tab.", offers: [show]});
  if (all.length) lines.push({text: countOf(all), offers: pageOffers(actions)});
  marks.page(lines);
}

const countOf = (all: ReaderEdit[]): string =>
  `${all.length === 1 ? "One block is" : `${all.length} blocks are`} changed by you, in this browser only.`;

function textOf(session: Session, {id}: ReaderEdit, {failed, held}: Pick<Situation, "failed" | "held">): string {
  if (!session.block(id)) return "You changed this block, and the site has changed it since. This is the site's.";
  if (held) return "Changed by you; your text does not run now.";
  return failed.has(id) ? `Changed by you, but not shown: ${failed.get(id)}.` : "Changed by you.";
}

function offersOf(session: Session, edit: ReaderEdit, {edit: open, refresh, reset}: Overview): Offer[] {
  const back = async () => {
    await session.put(session.editOf(edit.id, edit.earlier!));
    await refresh();
  };
  return [
    ["Edit", () => open(edit.id)],
    ["Show difference", async () => (await dialogs()).showDifferences([edit])],
    ...(edit.earlier === undefined ? [] : ([["Bring my own text back", back]] as Offer[])),
    ["Reset", () => reset(edit.id)]
  ];
}

/** What a reader can do about a block that the site has changed since; nothing is done before. */
function moved(session: Session, mine: ReaderEdit, {say, refresh}: Overview): Offer[] {
  const now = counterpart(session.page, mine);
  const forget = () => {
    session.edits.remove(mine.id);
    return refresh();
  };
  const use = async () => {
    await session.put({...session.editOf(now!.id, mine.text), earlier: session.edits.get(now!.id)?.text});
    await forget();
  };
  return [
    ...(now
      ? ([
          ["Show what changed", async () => (await dialogs()).showConflict(mine, now.text)],
          ["Use mine", use]
        ] as Offer[])
      : []),
    ["Copy mine", () => copyText(mine.text, "Your text", say)],
    [now ? "Take the site’s" : "Forget mine", forget]
  ];
}

const pageOffers = (actions: ReaderActions): Offer[] => [
  ["Show difference", actions.showDifferences],
  ["Copy as Markdown", actions.copyMarkdown],
  ["Copy link", actions.copyLink],
  ["Reset page", actions.resetPage]
];
