import {containerOf} from "../containers/markdown.js";
import {type Name, parents} from "../containers/containers.js";
import {lineOffset, problemAt, type Page} from "./page.js";
import type {Problem} from "./problem.js";

/** Blocks of colons that are not closed, misplaced, unknown, or opened by other words than theirs; ids that are taken. */
export function containerProblems(page: Page): Problem[] {
  const problems: Problem[] = [];
  const open: Name[] = [];
  const ids = new Set<string>();
  for (const token of page.tokens) {
    const report = (message: string, line = 0) =>
      problems.push(problemAt(page, lineOffset(page, token.map![0] + line), message));
    const name = containerOf(token);
    if (name) {
      const parent = parents[name];
      const id = name === "exercise" ? token.attrGet("id")! : undefined;
      if (!token.meta.closed) report(`${token.markup} ${name} is not closed`);
      if (token.meta.problem) report(token.meta.problem);
      if (parent && open.at(-1) !== parent) report(`expected ${name} inside ${parent}`);
      if (id && ids.has(id)) report(`the id ${id} is taken`);
      if (id) ids.add(id);
      open.push(name);
    } else if (/^container_\w+_close$/.test(token.type)) open.pop();
    else if (token.type === "inline") {
      const line = token.content.split("\n").findIndex((text) => /^:{3,}/.test(text));
      if (line >= 0) report(`no block begins or ends with ${token.content.split("\n")[line]}`, line);
    }
  }
  return problems;
}
