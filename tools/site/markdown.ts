import type MarkdownIt from "markdown-it";
import {containersPlugin} from "../containers/markdown.js";
import {askingCells, blockMarks} from "../edit/marks.js";
import {includePlugin} from "../math/include.js";
import {mathPlugin} from "../math/markdown.js";
import {programmeMarkdown} from "./programme.js";

/**
 * What the site adds to Framework's markdown: mathematics, blocks of colons, the programme, curly quotation marks, cells
 * that run when they are asked; in the preview, marks by which the editor finds a block's source.
 */
export function siteMarkdown(root: string, {preview = false} = {}): (md: MarkdownIt) => MarkdownIt {
  return (md) => {
    md.set({typographer: true}).disable("replacements"); // quotation marks curl, but "(c)" stays what it is
    programmeMarkdown(md, root);
    mathPlugin(md);
    includePlugin(md, root);
    containersPlugin(md);
    askingCells(md);
    return preview ? blockMarks(md) : md;
  };
}
