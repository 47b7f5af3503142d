import type MarkdownIt from "markdown-it";
import type {RuleBlock} from "markdown-it/lib/parser_block.mjs";
import type Token from "markdown-it/lib/token.mjs";
import container from "markdown-it-container";
import {type Container, type Name, names, readContainer} from "./containers.js";

/**
 * Blocks between lines of colons, for which a page needs no script: derivations, exercises and identities as elements
 * that read well as they are and fold. What stands in a block is Markdown again, formulas and cells too; a block around
 * others takes more colons than they.
 */
export function containersPlugin(md: MarkdownIt): MarkdownIt {
  for (const name of names) {
    const before = new Set(md.block.ruler.getRules(""));
    container(md, name, {render: (tokens, i, options, _, self) => self.renderToken(tokens, i, options)});
    const rule = md.block.ruler.getRules("").find((rule) => !before.has(rule))!;
    md.block.ruler.at(`container_${name}`, whole(rule), {alt: ["paragraph", "reference", "blockquote", "list"]});
  }
  md.core.ruler.after("block", "containers", (state) => {
    state.tokens = elements(state.tokens, state.Token);
  });
  return md;
}

/** The rule with its closing line in the token's lines, as fences have theirs; `meta.closed` says whether it has one. */
const whole =
  (rule: RuleBlock): RuleBlock =>
  (state, startLine, endLine, silent) => {
    const at = state.tokens.length;
    if (!rule(state, startLine, endLine, silent)) return false;
    if (silent) return true;
    const token = state.tokens[at];
    token.meta = {closed: state.line > token.map![1]};
    token.map![1] = state.line;
    return true;
  };

/** The container that a token opens, or undefined. */
export const containerOf = ({type}: Token): Name | undefined => names.find((name) => type === `container_${name}_open`);

/** Gives each container its element and attributes, and puts its title where its text begins. */
function elements(tokens: Token[], TokenClass: typeof Token): Token[] {
  const open: {tag: string; hints: number; steps: number}[] = [];
  return tokens.flatMap((token) => {
    if (/^container_\w+_close$/.test(token.type)) {
      token.tag = open.pop()!.tag;
      return [token];
    }
    const name = containerOf(token);
    if (!name) return [token];
    const around = open.at(-1);
    const number = name === "hint" ? ++(around ?? none()).hints : name === "step" ? ++(around ?? none()).steps : 0;
    const words = token.info.trim().slice(name.length).trim();
    const read = readContainer(name, words, number);
    open.push({tag: read.tag, hints: 0, steps: 0});
    token.tag = read.tag;
    for (const [key, value] of Object.entries(read.attributes)) token.attrSet(key, value);
    token.meta = {...token.meta, ...read};
    return [token, ...title(read, token, TokenClass)];
  });
}

const none = () => ({hints: 0, steps: 0});

function title({title, titleTag, titleAttributes}: Container, at: Token, TokenClass: typeof Token): Token[] {
  const start = new TokenClass("title_open", titleTag, 1);
  const text = new TokenClass("inline", "", 0);
  const end = new TokenClass("title_close", titleTag, -1);
  for (const [key, value] of Object.entries(titleAttributes)) start.attrSet(key, value);
  const tokens = [start, text, end];
  for (const token of tokens) {
    token.level = at.level + (token === text ? 2 : 1);
    token.block = true;
  }
  text.map = [at.map![0], at.map![0] + 1];
  text.content = title;
  text.children = [];
  return tokens;
}
