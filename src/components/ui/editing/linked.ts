import {askConsent} from "./dialogs.js";
import {type LinkedEdits, unpack} from "./link.js";
import type {Session} from "./session.js";

/**
 * Asks about the edits that the page's address carries, and keeps and shows them if the reader agrees. The reader's own
 * text of a block that a link changes stays beside the link's.
 *
 * @returns what happened, a sentence.
 */
export async function openLink(session: Session, hash: string): Promise<string> {
  const {page, edits} = session;
  let linked: LinkedEdits;
  try {
    linked = await unpack(hash);
  } catch (error) {
    return (error as Error).message;
  }
  if (linked.file !== page.file) return "This link carries changes of another page; nothing of it was run.";
  if (window.top !== window) return "This link carries changes: open it in a window of its own to see them.";
  const published = ({id}: {id: string}) => edits.get(id)?.text ?? session.block(id)?.text;
  if (!(await askConsent(linked.edits, published))) return "Nothing of the link was run.";
  const problems: string[] = [];
  for (const edit of linked.edits) {
    const own = edits.get(edit.id)?.text;
    const earlier = own !== undefined && own !== edit.text ? own : undefined;
    try {
      if (session.block(edit.id)) await session.put({...session.editOf(edit.id, edit.text), earlier});
      else edits.put({...edit, time: Date.now(), earlier});
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  return problems.length
    ? `Not all of the link could be used: ${problems.join("; ")}.`
    : "The link’s changes are shown.";
}
