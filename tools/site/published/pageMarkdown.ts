import type MarkdownIt from "markdown-it";
import {containersPlugin} from "../../containers/markdown.js";
import {mathPlugin} from "../../math/markdown.js";
import {quotationMarks} from "../quotationMarks.js";

/** What the site adds to the Markdown of any text: mathematics, blocks of colons, curly quotation marks. */
export const pageMarkdown = (md: MarkdownIt): MarkdownIt =>
  inclusions(containersPlugin(mathPlugin(quotationMarks(md))));

/** `{{eq ./page#eq:label}}` as an empty link: its formula stands in another page, and is taken from the page shown. */
function inclusions(md: MarkdownIt): MarkdownIt {
  md.inline.ruler.before("link", "equation_inclusion", (state, silent) => {
    const match = /^\{\{eq ([\w./-]+)#eq:([\w-]+)\}\}/.exec(state.src.slice(state.pos, state.pos + 200));
    if (!match) return false;
    if (!silent) state.push("equation_inclusion", "a", 0).content = `${match[1]}#eq-${match[2]}`;
    state.pos += match[0].length;
    return true;
  });
  md.renderer.rules.equation_inclusion = (tokens, i) => `<a class="included" href="${tokens[i].content}"></a>`;
  return md;
}
