import {existsSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {visitFiles} from "@observablehq/framework/dist/files.js";
import type {Equation} from "../../src/components/math/equation.js";
import type {Verify} from "../../src/components/ui/verify.js";
import {containerOf} from "../containers/markdown.js";
import {siteMarkdown} from "../site/markdown.js";
import {lineOffset, type Page, problemAt, readPage} from "./page.js";
import type {Problem} from "./problem.js";

/** The file of a page's `Equations` or `Answers`: `week1/linear-algebra.md` has `week1/linearAlgebraEquations.ts`. */
export const moduleOf = (name: string, what: "Equations" | "Answers"): string =>
  name.replace(/\.md$/, "").replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase()) + `${what}.ts`;

/**
 * What a page and its modules do not agree on: results without an entry, entries without their equation, answers
 * without their exercise. A page of week 1 checks all its results; a later one does once it has the module.
 */
export async function moduleProblems(root: string): Promise<Problem[]> {
  const {md} = normalizeConfig({root, markdownIt: siteMarkdown(root)});
  const problems: Problem[] = [];
  for (const file of [...visitFiles(root)].map((name) => name.replaceAll("\\", "/"))) {
    if (!/^(week\d\/)?[^/]+\.md$/.test(file)) continue;
    const page = readPage(root, file, md);
    problems.push(...(await equationProblems(root, page)), ...(await answerProblems(root, page)));
  }
  return problems;
}

async function equationProblems(root: string, page: Page): Promise<Problem[]> {
  const file = join(root, moduleOf(page.name, "Equations"));
  if (!existsSync(file) && !page.name.startsWith("week1/")) return [];
  const {equations = []} = await load<{equations?: Equation[]}>(file);
  const checked = new Set(equations.map(({name}) => name));
  const labelled = page.tokens.filter(({type, meta}) => type === "math_block" && meta.label);
  const unchecked = labelled.filter(({meta}) => meta.kind === "result" && !checked.has(meta.label));
  const labels = new Set(labelled.map(({meta}) => meta.label as string));
  return [
    ...unchecked.map(({map, meta}) =>
      problemAt(page, lineOffset(page, map![1] - 1), `the result eq:${meta.label} has no entry in ${file}`)
    ),
    ...[...checked]
      .filter((name) => !labels.has(name))
      .map((name) => unknown(file, name, `${page.file} has no eq:${name}`))
  ];
}

async function answerProblems(root: string, page: Page): Promise<Problem[]> {
  const file = join(root, moduleOf(page.name, "Answers"));
  const {answers = {}} = await load<{answers?: Record<string, Verify>}>(file);
  const ids = new Set(
    page.tokens.filter((token) => containerOf(token) === "exercise").map((token) => token.attrGet("id"))
  );
  return Object.keys(answers)
    .filter((id) => !ids.has(id))
    .map((id) => unknown(file, id, `${page.file} has no exercise ${id}`));
}

const load = async <T extends object>(file: string): Promise<T> =>
  existsSync(file) ? ((await import(pathToFileURL(resolve(file)).href)) as T) : ({} as T);

/** A problem with a name in a module, where it is written if it is written there. */
function unknown(file: string, name: string, message: string): Problem {
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes(name));
  return {file, line: Math.max(1, line + 1), column: line < 0 ? 1 : lines[line].indexOf(name) + 1, message};
}
