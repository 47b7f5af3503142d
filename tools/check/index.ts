import {readFileSync} from "node:fs";
import {join} from "node:path/posix";
import ts from "typescript";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {visitFiles} from "@observablehq/framework/dist/files.js";
import {siteMarkdown} from "../site/markdown.js";
import {containerProblems} from "./containers.js";
import {importProblems} from "./imports.js";
import {anchors, linkProblems, styleProblems} from "./links.js";
import {mathProblems} from "./math.js";
import {duplicateNames, parse} from "./names.js";
import {readPage} from "./page.js";
import {tidy, type Problem} from "./problem.js";
import {typeProblems} from "./program.js";
import {problemIn, snippets, type Snippet} from "./snippets.js";
import {moduleProblems, syntaxProblems} from "./syntax.js";
import {mentioned, virtualFiles} from "./virtual.js";

export interface CheckOptions {
  /** Folder of the pages. */
  root: string;
  /** The tsconfig.json whose files are checked with the pages; null checks the pages alone. */
  configuration: string | null;
}

/** Everything that Framework's build would let pass, with its place. */
export function check({root, configuration}: CheckOptions): Problem[] {
  const {md} = normalizeConfig({root, markdownIt: siteMarkdown(root)});
  const names = [...visitFiles(root)].map((name) => name.replaceAll("\\", "/"));
  const withExtension = (extension: string) => names.filter((name) => name.endsWith(extension));
  const pages = withExtension(".md").map((name) => readPage(root, name, md));
  const places = new Map(pages.map((page) => [page.path, anchors(page)]));
  const code = pages.map((page) => snippets(page));
  const components = withExtension(".ts").map((name) => join(root, name));
  return tidy([
    ...code.flatMap(({problems}) => problems),
    ...pages.flatMap((page) => [
      ...[...page.problems, ...mathProblems(page), ...containerProblems(page)],
      ...linkProblems(page, places, root)
    ]),
    ...withExtension(".css").flatMap((name) => styleProblems(join(root, name))),
    ...components.flatMap((file) => [...moduleProblems(file), ...componentImports(file)]),
    ...codeProblems(
      code.map((page) => page.snippets),
      configuration
    )
  ]);
}

function codeProblems(pages: Snippet[][], configuration: string | null): Problem[] {
  const syntax = new Map(pages.flat().map((snippet) => [snippet, syntaxProblems(snippet)]));
  const imports = pages.flat().flatMap((snippet) =>
    importProblems(parse(snippet), snippet.page.file).map(({specifier, start, message}) => {
      return {specifier, problem: problemIn(snippet, start, message)};
    })
  );
  const reported = new Set(imports.map(({specifier}) => specifier));
  const types = typeProblems({
    configuration,
    files: pages.flatMap(virtualFiles),
    skip: (snippet) => syntax.get(snippet)!.length > 0,
    usedElsewhere: (snippet, name) => usedElsewhere(pages, snippet, name),
    reported: (specifier) => reported.has(specifier)
  });
  return [
    ...[...syntax.values()].flat(),
    ...imports.map(({problem}) => problem),
    ...pages.flatMap(duplicateNames),
    ...types
  ];
}

/** Whether another snippet of the page mentions a name: an import may stand in a cell of its own. */
function usedElsewhere(pages: Snippet[][], snippet: Snippet, name: string): boolean {
  const page = pages.find((list) => list.includes(snippet))!;
  return page.some((other) => other !== snippet && mentioned(other.source).has(name));
}

function componentImports(file: string): Problem[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  return importProblems(source, file).map(({start, message}) => {
    const {line, character} = source.getLineAndCharacterOfPosition(start);
    return {file, line: line + 1, column: character + 1, message};
  });
}
