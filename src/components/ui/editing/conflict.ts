import type {PageSource, PublishedBlock} from "./pageSource.js";
import type {ReaderEdit} from "./readerEdits.js";

/**
 * The block that stands where a changed one stood which the site has changed since: the one between its neighbours, or
 * beside the one of them that is still there; undefined when neither is.
 */
export function counterpart({blocks}: PageSource, {above, below, kind}: ReaderEdit): PublishedBlock | undefined {
  const index = (id: string | null) => (id === null ? -1 : blocks.findIndex((block) => block.id === id));
  const [before, after] = [index(above), index(below)];
  const between = blocks.slice(before + 1, after < 0 ? undefined : after);
  if (before >= 0 && after >= 0) return between.find((block) => block.kind === kind) ?? between[0];
  if (before >= 0) return blocks[before + 1];
  if (after > 0) return blocks[after - 1];
  return above === null && blocks[0]?.kind === kind ? blocks[0] : undefined;
}
