import {type Block, type Page} from "./blocks.js";
import {digestOf} from "./digest.js";

/** Where a block stood when it was read: what is needed to find it in a file that may have changed since. */
export interface Place {
  /** Of the file's bytes. */
  digest: string;
  id: string;
  /** How many blocks of the page had the same text. */
  copies: number;
  /** The blocks around it. */
  above: string | null;
  below: string | null;
}

const textOfId = (id: string) => id.split("-")[0];

/** The place of a block on its page. */
export function placeOf(page: Page, block: Block): Place {
  const i = page.blocks.indexOf(block);
  const copies = page.blocks.filter(({id}) => textOfId(id) === textOfId(block.id)).length;
  const [above, below] = [page.blocks[i - 1]?.id ?? null, page.blocks[i + 1]?.id ?? null];
  return {digest: digestOf(page.bytes), id: block.id, copies, above, below};
}

/**
 * The block that was read at a place, or undefined when it cannot be told: its text has changed, or the file has and
 * several blocks have this text.
 */
export function find(page: Page, {digest, id, copies}: Place): Block | undefined {
  const found = page.blocks.find((block) => block.id === id);
  if (!found || digest === digestOf(page.bytes)) return found;
  return copies === 1 && placeOf(page, found).copies === 1 ? found : undefined;
}

/** What stands on disk now where a block stood that has changed: the block between the same neighbours. */
export function counterpart(page: Page, {above, below}: Place): Block | undefined {
  const {blocks} = page;
  const index = (id: string | null) => blocks.findIndex((block) => block.id === id);
  const [before, after] = [index(above), index(below)];
  if (before >= 0 && after >= 0) return after === before + 2 ? blocks[before + 1] : undefined;
  if (above === null && after >= 0) return after === 1 ? blocks[0] : undefined;
  if (below === null && before >= 0) return before === blocks.length - 2 ? blocks.at(-1) : undefined;
  if (before >= 0) return blocks[before + 1];
  return after > 0 ? blocks[after - 1] : undefined;
}
