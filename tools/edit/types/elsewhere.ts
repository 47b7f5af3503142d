import {declared} from "../../check/names.js";
import {findings} from "../../check/program.js";
import {problemIn, type Snippet} from "../../check/snippets.js";
import {snippetFaults} from "../../check/syntax.js";
import {mentioned} from "../../check/virtual.js";
import type {Opened} from "./open.js";
import type {Project} from "./project.js";
import type {Elsewhere} from "./question.js";

/**
 * What the open cell's text would break in the cells and values that depend on it, through others too: what the compiler
 * says of them now and would not say with the cell as it is saved. Nothing while the text does not parse.
 */
export function elsewhere({service, open}: Project, opened: Opened): Elsewhere[] {
  const {cell, saved} = opened;
  if (!cell || snippetFaults(cell.snippet).length) return [];
  const found = problems(service, opened);
  if (!found.length) return [];
  open(saved());
  const before = new Set(problems(service, opened).map(textOf));
  return found.filter((one) => !before.has(textOf(one)));
}

const textOf = ({line, message}: Elsewhere) => `${line} ${message}`;

function problems(service: Project["service"], {virtual, cell, snippets, was}: Opened): Elsewhere[] {
  const names = [cell!.snippet, ...was].flatMap((snippet) => declared(snippet).map(({name}) => name));
  const after = dependents(
    snippets.filter((snippet) => snippet !== cell!.snippet),
    new Set(names)
  );
  const cells = snippets.filter(({inline}) => !inline);
  return virtual
    .filter(({snippet}) => after.has(snippet))
    .flatMap((file) =>
      service
        .getSemanticDiagnostics(file.path)
        .flatMap((diagnostic) => findings(file, diagnostic, {usedElsewhere: () => true, reported: () => false}))
        .filter(({unused}) => !unused)
        .map(({start, message}): Elsewhere => {
          const {line} = problemIn(file.snippet, start, message);
          return {cell: file.snippet.inline ? null : cells.indexOf(file.snippet) + 1, line, message};
        })
    );
}

/** The snippets that mention one of the names, or a name of one that does. */
function dependents(snippets: Snippet[], names: Set<string>): Set<Snippet> {
  const found = new Set<Snippet>();
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const snippet of snippets) {
      if (found.has(snippet) || ![...mentioned(snippet.source)].some((word) => names.has(word))) continue;
      found.add(snippet);
      for (const {name} of declared(snippet)) names.add(name);
    }
  }
  return found;
}
