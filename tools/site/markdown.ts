import type MarkdownIt from "markdown-it";
import {containersPlugin} from "../containers/markdown.js";
import {lastGood} from "../edit/lastGood.js";
import {askingCells, blockMarks} from "../edit/marks.js";
import {includePlugin} from "../math/include.js";
import {mathPlugin} from "../math/markdown.js";
import {programmeMarkdown} from "./programme.js";
import {quotationMarks} from "./quotationMarks.js";

/**
 * What the site adds to Framework's markdown: mathematics, blocks of colons, the programme, curly quotation marks, cells
 * that run when they are asked, and marks by which the editors find a block's source. What needs no file is in
 * published/pageMarkdown.ts too, for texts that a reader changes. In the preview, what does not parse any more stands as
 * it last did.
 */
export function siteMarkdown(root: string, {preview = false} = {}): (md: MarkdownIt) => MarkdownIt {
  return (md) => {
    if (preview) lastGood(md, root);
    quotationMarks(md);
    programmeMarkdown(md, root);
    mathPlugin(md);
    includePlugin(md, root);
    containersPlugin(md);
    askingCells(md);
    return blockMarks(md);
  };
}
