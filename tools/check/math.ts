import {texProblem} from "../math/render.js";
import {contentOffsets, mapOffset, problemAt, type Page} from "./page.js";
import type {Problem} from "./problem.js";
import {walk} from "./walk.js";

/**
 * Formulas that KaTeX refuses, equations with the same label, references to none and inclusions of none, formulas in
 * headings.
 */
export function mathProblems(page: Page): Problem[] {
  const problems: Problem[] = [];
  const labels = new Set<string>();
  let heading = false;
  for (const {token, find} of walk(page)) {
    if (token.type === "heading_open") heading = true;
    if (token.type === "heading_close") heading = false;
    if (token.type === "math_block") {
      const offsets = contentOffsets(page, token.map![0], token.content);
      const problem = texProblem(token.content, true);
      if (problem)
        problems.push(problemAt(page, mapOffset(token.content, offsets, problem.position), `TeX: ${problem.message}`));
      const {label} = token.meta;
      if (label && labels.has(label)) problems.push(problemAt(page, find(`{#eq:${label}`), `eq:${label} is taken`));
      if (label) labels.add(label);
    } else if (token.type === "math_inline") {
      const start = find(token.markup + token.content + token.markup);
      const problem = texProblem(token.content, token.markup === "$$");
      const offset = start + token.markup.length + (problem?.position ?? 0);
      if (problem) problems.push(problemAt(page, offset, `TeX: ${problem.message}`));
      if (heading) problems.push(problemAt(page, start, "a formula in a heading would stand as TeX in the contents"));
    } else if (token.type === "equation_inclusion") {
      const start = find(token.content);
      if (token.meta.problem) problems.push(problemAt(page, start, token.meta.problem));
    } else if (token.type === "equation_reference") {
      const start = find(`[eq:${token.content}]`);
      if (!page.equations.has(token.content))
        problems.push(problemAt(page, start, `no equation on this page is labelled eq:${token.content}`));
    }
  }
  return problems;
}
