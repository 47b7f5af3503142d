/** A block of a published page, in order. Its text may be edited where `fixed` is not set. */
export interface PublishedBlock {
  /** Digest of its Markdown; `-1`, `-2` … for further copies. */
  id: string;
  kind: "cell" | "listing" | "mathematics" | "table" | "html" | "reference" | "container" | "prose";
  language: string;
  /** What stands in the page's Markdown before its text: what is between two blocks, and a fence's opening line. */
  lead: string;
  text: string;
  /** It has no element of its own on the page, or is a cell in a language that only the build compiles. */
  fixed?: true;
}

/** What the editor of a published page must know of it. The build writes it beside the page. */
export interface PageSource {
  /** The page's file below `src/`. */
  file: string;
  blocks: PublishedBlock[];
  /** What stands after the last block's text. */
  end: string;
  /** Numbers of the labelled equations. */
  equations: Record<string, number>;
  /** Files below the site's root: Framework's client and runtime, and the list of all modules by what imports call them. */
  client: string;
  runtime: string;
  modules: string;
}

/** Id of a comment in every page that stands for no cell: by it the editor reaches the page's runtime. */
export const spareRoot = "00000000";

/** Reads a page's sources. @throws Error, a sentence, if they are not there. */
export async function readSource(root: URL, name: string): Promise<PageSource> {
  const response = await fetch(new URL(name, root)).catch(() => null);
  if (!response?.ok) throw new Error("The sources of this page could not be loaded: reload it and try again.");
  return response.json();
}

/**
 * The page's Markdown with other texts in some of its blocks, by their place. A code that would close its fence makes
 * the fence's marks longer.
 */
export function markdownOf({blocks, end}: PageSource, texts: Map<number, string>): string {
  let longer: {mark: string; more: string} | null = null;
  const parts = blocks.map(({lead, text: published, kind}, i) => {
    const text = texts.get(i) ?? published;
    const code = kind === "cell" || kind === "listing";
    const head = longer ? closeLonger(lead, longer) : lead;
    longer = code && text !== published ? growth(lead, text) : null;
    const opening = longer ? head.replace(/([`~]+)([^\n]*\n)$/, `$1${longer.more}$2`) : head;
    return opening + (code && published === "" && text !== "" ? `${text}\n` : text);
  });
  return parts.join("") + (longer ? closeLonger(end, longer) : end);
}

/** How much longer the marks of a fence must be than they are, so that no line of the code closes it. */
function growth(lead: string, code: string): {mark: string; more: string} | null {
  const mark = /(`{3,}|~{3,})[^\n]*\n$/.exec(lead)?.[1];
  if (!mark) return null;
  const closing = new RegExp(`^ {0,3}(${mark[0]}{${mark.length},})[ \\t]*$`);
  const longest = Math.max(0, ...code.split("\n").map((line) => closing.exec(line)?.[1].length ?? 0));
  return longest ? {mark, more: mark[0].repeat(longest + 1 - mark.length)} : null;
}

const closeLonger = (after: string, {mark, more}: {mark: string; more: string}) =>
  after.replace(new RegExp(`^(\\n? {0,3})${mark}`), `$1${mark}${more}`);
