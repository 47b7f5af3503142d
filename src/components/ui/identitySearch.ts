import {eachElement} from "./eachElement.js";
import {element} from "./element.js";

/**
 * A field that shows, of the page's identities (`::: identity` in Markdown), those that hold all its words: in the title,
 * the conditions, the derivation, the formula's TeX, or as a section (`2.1`). Headings stay.
 */
export function identitySearch(): HTMLElement {
  const input = element("input", {type: "search", id: "identity-search", placeholder: "inverse, trace, 2.1, \\det …"});
  const said = element("output", {for: input.id});
  const label = element("label", {for: input.id}, "Search the identities");
  const root = element("form", {class: "identity-search", role: "search"}, label, input, said);
  const filter = () => {
    const all = [...document.querySelectorAll<HTMLElement>(".identity")];
    for (const row of all) row.hidden = !found(row, input.value);
    said.value = `${all.filter(({hidden}) => !hidden).length} of ${all.length}`;
  };
  root.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", filter);
  eachElement(root, ".identity", filter);
  return root;
}

/** Whether a row holds every word: a section from its beginning (2.1 finds 2.1.3), anything else anywhere. */
function found(row: HTMLElement, query: string): boolean {
  const section = row.querySelector<HTMLElement>("[data-section]")?.dataset.section ?? "";
  const text = plain(row.textContent ?? "");
  return plain(query)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) =>
      /^\d+(\.\d+)*\.?$/.test(word)
        ? section.split(/[^\d.]+/).some((part) => `${part}.`.startsWith(word.endsWith(".") ? word : `${word}.`))
        : text.includes(word)
    );
}

const plain = (text: string): string => text.toLowerCase().replaceAll("’", "'");
