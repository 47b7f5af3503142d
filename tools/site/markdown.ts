import type MarkdownIt from "markdown-it";
import {mathPlugin} from "../math/markdown.js";
import {programmeMarkdown} from "./programme.js";

/** What the site adds to Framework's markdown: mathematics, the programme, curly quotation marks. */
export function siteMarkdown(root: string): (md: MarkdownIt) => MarkdownIt {
  return (md) => {
    md.set({typographer: true}).disable("replacements"); // quotation marks curl, but "(c)" stays what it is
    programmeMarkdown(md, root);
    return mathPlugin(md);
  };
}
