import ts from "typescript";
import {problemIn, type Snippet} from "./snippets.js";
import type {Problem} from "./problem.js";

/** A name that a cell gives to the page. */
export interface Declared {
  name: string;
  /** How another cell's file refers to it: a value may be a promise or a generator, which the page unwraps. */
  kind: "value" | "function" | "class" | "type" | "import";
  /** Offset in the snippet. */
  start: number;
  /** The import declaration on one line. */
  text?: string;
}

export const parse = (snippet: Snippet): ts.SourceFile =>
  ts.createSourceFile("cell.ts", snippet.source, ts.ScriptTarget.ES2022, true);

export function declared(snippet: Snippet): Declared[] {
  if (snippet.inline) return [];
  const file = parse(snippet);
  const names: Declared[] = [];
  const add = (node: ts.Node, kind: Declared["kind"], text?: string) =>
    names.push({name: node.getText(file), kind, start: node.getStart(file), text});
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement))
      for (const {name} of statement.declarationList.declarations) bindings(name, (id) => add(id, "value"));
    else if (ts.isFunctionDeclaration(statement) && statement.name) add(statement.name, "function");
    else if (ts.isClassDeclaration(statement) && statement.name) add(statement.name, "class");
    else if (ts.isEnumDeclaration(statement)) add(statement.name, "class");
    else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) add(statement.name, "type");
    else if (ts.isImportDeclaration(statement))
      for (const name of importedNames(statement)) add(name, "import", oneLine(statement, file));
  }
  return names;
}

/** Names defined by two cells: Framework would fail both. */
export function duplicateNames(cells: Snippet[]): Problem[] {
  const first = new Map<string, Problem>();
  const problems: Problem[] = [];
  for (const cell of cells) {
    const here = new Map<string, number>(); // overloads and merged declarations within one cell are TypeScript's matter
    for (const {name, start} of declared(cell)) if (!here.has(name)) here.set(name, start);
    for (const [name, start] of here) {
      const earlier = first.get(name);
      if (earlier) problems.push(problemIn(cell, start, `${name} is already defined in line ${earlier.line}`));
      else first.set(name, problemIn(cell, start, ""));
    }
  }
  return problems;
}

function bindings(name: ts.BindingName, visit: (id: ts.Identifier) => void): void {
  if (ts.isIdentifier(name)) return visit(name);
  for (const element of name.elements) if (ts.isBindingElement(element)) bindings(element.name, visit);
}

function importedNames({importClause}: ts.ImportDeclaration): ts.Identifier[] {
  const named = importClause?.namedBindings;
  const list = !named ? [] : ts.isNamespaceImport(named) ? [named.name] : named.elements.map((e) => e.name);
  return importClause?.name ? [importClause.name, ...list] : list;
}

const printer = ts.createPrinter({removeComments: true});
const oneLine = (node: ts.Node, file: ts.SourceFile) =>
  printer.printNode(ts.EmitHint.Unspecified, node, file).replace(/\s*\n\s*/g, " ");
