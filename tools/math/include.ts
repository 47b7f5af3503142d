import {readFileSync, statSync} from "node:fs";
import {join} from "node:path/posix";
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import {frontMatter} from "../site/frontMatter.js";

/** What an inclusion found: the formula without its closing full stop, or what is wrong. */
export interface Included {
  /** The link that leads to it: `./matrix-calculus#eq-softmax`. */
  href: string;
  tex?: string;
  problem?: string;
}

const written = /^\{\{eq ([\w./-]+)#eq:([\w-]+)\}\}/;

/**
 * `{{eq ./matrix-calculus#eq:softmax}}`: the labelled equation of another page as it stands there, displayed in the line, with a
 * link to it. The formula is read from that page whenever this one is made, so the two cannot diverge.
 */
export function includePlugin(md: MarkdownIt, root: string): MarkdownIt {
  const equations = equationsOf(md, root);
  md.inline.ruler.before("link", "equation_inclusion", (state, silent) => {
    const match = written.exec(state.src.slice(state.pos, state.pos + 200));
    if (!match) return false;
    if (!silent) {
      const [text, path, label] = match;
      const token = state.push("equation_inclusion", "a", 0);
      token.content = text;
      token.meta = included(equations, String(state.env.path), path, label);
    }
    state.pos += match[0].length;
    return true;
  });
  md.renderer.rules.equation_inclusion = (tokens, i) => {
    const {href, tex} = tokens[i].meta as Included;
    if (tex === undefined) return `<mark>${md.utils.escapeHtml(tokens[i].content)}</mark>`;
    return `<a class="included" href="${href}"><tex-math>\\displaystyle ${md.utils.escapeHtml(tex)}</tex-math></a>`;
  };
  return md;
}

type Equations = (page: string) => Map<string, string> | null;

function included(equations: Equations, from: string, path: string, label: string): Included {
  const page = join(from, "..", path);
  const href = `${path}#eq-${label}`;
  const known = equations(page);
  if (!known) return {href, problem: `no page ${path}`};
  const tex = known.get(label);
  return tex === undefined ? {href, problem: `no equation eq:${label} on ${page}`} : {href, tex: withoutStop(tex)};
}

/** The formula without the stop or comma by which it ends a sentence of its own page. */
function withoutStop(tex: string): string {
  const [, body, ends] = /^([^]*?)((?:\s*\\end\{\w+\})*)\s*$/.exec(tex.trim())!;
  return body.replace(/(?<!\\right)(\s|\\[,;: ])*[.,;:]?$/, "") + ends;
}

/** The labelled equations of pages, each page read again when its file has changed. */
function equationsOf(md: MarkdownIt, root: string): Equations {
  const read = new Map<string, {time: number; equations: Map<string, string>}>();
  return (page) => {
    const file = join(root, `${page}.md`);
    const time = statSync(file, {throwIfNoEntry: false})?.mtimeMs;
    if (time === undefined) return null;
    const known = read.get(page);
    if (known?.time === time) return known.equations;
    const tokens: Token[] = [];
    md.block.parse(frontMatter(readFileSync(file, "utf8")).content.replace(/\r\n?/g, "\n"), md, {}, tokens);
    const labelled = tokens.filter(({type, meta}) => type === "math_block" && meta.label);
    const equations = new Map(labelled.map(({content, meta}) => [meta.label as string, content]));
    read.set(page, {time, equations});
    return equations;
  };
}
