import type {Bench} from "../editorCommands.js";
import {type OpenBlock, startEditing} from "../editorStart.js";
import {element} from "../element.js";
import {changesOf} from "./changes.js";
import {actionsOf, readerCommands} from "./commands.js";
import {guardOf} from "./guard.js";
import {carriesEdits} from "./link.js";
import {marksOn, marksStyle} from "./marks.js";
import {drawMarks, type Overview} from "./overview.js";
import {type PageSource, readSource} from "./pageSource.js";
import {type Parts, prepare} from "./prepare.js";
import {prefixOf, readerEdits} from "./readerEdits.js";
import {pageRuntime} from "./runtime.js";
import {type Session, sessionOf} from "./session.js";

/** The page that is shown, as its small script knows it. */
export interface ShownPage {
  /** The site's root. */
  root: URL;
  /** The file with the page's sources, from there. */
  source: string;
}

/** What the editor is made of beside this; each is loaded when it is first used. */
export interface LateParts extends Parts {
  editor(kind: string, session: Session): Promise<{openEditor: OpenBlock}>;
}

/** Lets the reader change the published page: shows what is kept in this browser, and opens the editor on a block. */
export async function startReading({root, source}: ShownPage, parts: LateParts): Promise<void> {
  const page = await readSource(root, source);
  nameBlocks(page);
  const edits = readerEdits(prefixOf(root, page.file));
  const guard = guardOf(prefixOf(root, page.file).replace("edit:", "edit-running:"));
  const changes = changesOf(await pageRuntime(root, page));
  const modules = once(() => readModules(root, page.modules));
  const session = sessionOf({
    ...{page, edits, changes, running: guard.running},
    prepare: (block, text) => prepare(page, block, text, {parts, modules, root})
  });
  open(session, parts, guard.hung);
}

function open(session: Session, parts: LateParts, hung: boolean): void {
  const {page, edits, store} = session;
  const situation = {failed: new Map<string, string>(), held: hung && edits.all().length > 0, elsewhere: false};
  document.head.append(element("style", {}, marksStyle));
  const marks = marksOn((text) => bench.say(text));
  const draw = () => drawMarks(session, marks, situation, overview);
  const actions = actionsOf(session, () => bench, draw);
  const save = async (edit: Record<string, unknown>) => {
    const answer = await store.save(edit).finally(draw);
    situation.failed.delete(answer.block!.place.id!);
    draw();
    return answer;
  };
  const bench: Bench = startEditing({
    ...{file: page.file, files: false, read: store.read},
    load: ({kind}) => parts.editor(kind, {...session, store: {...store, save}}),
    commands: (bench) => readerCommands(bench, actions)
  });
  const overview: Overview = {
    ...actions,
    edit: (id) => bench.edit(id),
    say: (text) => bench.say(text),
    async refresh() {
      Object.assign(situation, {held: false, elsewhere: false});
      situation.failed = await session.refresh();
      draw();
    }
  };
  edits.watch(() => {
    situation.elsewhere = true;
    draw();
  });
  const follow = async () => {
    const {hash} = location;
    if (!carriesEdits(hash)) return;
    const {openLink} = await import("./linked.js");
    const said = await openLink(session, hash);
    history.replaceState(history.state, "", location.href.split("#")[0]);
    draw();
    bench.say(said);
  };
  addEventListener("hashchange", follow);
  (situation.held ? Promise.resolve(draw()) : overview.refresh()).then(follow);
}

/** Gives the blocks of the page their ids in place of their numbers. */
function nameBlocks({blocks}: PageSource): void {
  for (const block of document.querySelectorAll<HTMLElement>("main [data-block]"))
    block.dataset.block = blocks[Number(block.dataset.block)]?.id ?? "";
}

async function readModules(root: URL, name: string): Promise<Record<string, string>> {
  const response = await fetch(new URL(name, root)).catch(() => null);
  if (!response?.ok) throw new Error("the list of the site’s modules could not be loaded: try again");
  return response.json();
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load().catch((error) => ((loaded = undefined), Promise.reject(error))));
}
