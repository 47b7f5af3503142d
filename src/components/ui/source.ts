import {catalogueUrl} from "../data/catalogue.js";
import {button, element} from "./element.js";
import {declarationSpan, highlightedLines} from "./excerpt.js";

/**
 * Our own code as it stands in the repository, never a copy: the file, or with `symbol` one declaration and its
 * docstring..
 * @param name path below `src/`, for example `components/losses/crossEntropy.ts`.
 */
export function source(name: string, {symbol}: {symbol?: string} = {}): HTMLElement {
  const url = catalogueUrl(`source/${name}`);
  const body = element("p", {class: "listing-message"}, "Loading …");
  const path = element("span", {class: "listing-path"}, symbol ? `src/${name} › ${symbol}` : `src/${name}`);
  const head = element("div", {class: "listing-head"}, path);
  if (symbol) head.append(element("a", {href: url}, "whole file"));
  const root = element(
    "div",
    {class: "listing", role: "group", "aria-label": `Source of ${symbol ?? name}`, "data-source": name},
    head,
    body
  );
  const fill = () =>
    load(url, symbol).then(
      ({text, html}) => {
        head.querySelector("button")?.remove();
        head.append(copyButton(text));
        const code = element("code", {class: "language-typescript"});
        code.innerHTML = html; // made by the site's own build from the same file
        root.lastElementChild!.replaceWith(element("pre", {tabindex: 0, "data-copy": "none"}, code));
      },
      (error: Error) => (body.textContent = `The listing could not be loaded: ${error.message}`)
    );
  fill();
  root.addEventListener("source-saved", fill); // the preview's editor has written the file
  return root;
}

async function load(url: string, symbol?: string): Promise<{text: string; html: string}> {
  const [text, html] = await Promise.all([fetchText(url), fetchText(`${url}.html`)]);
  const span = symbol ? declarationSpan(text, symbol) : {from: 0, to: text.trimEnd().split("\n").length};
  return {text: text.split("\n").slice(span.from, span.to).join("\n"), html: highlightedLines(html, span)};
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url, location.href).pathname} answered ${response.status}`);
  return response.text();
}

function copyButton(text: string): HTMLButtonElement {
  const copy: HTMLButtonElement = button("Copy", async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  });
  copy.setAttribute("aria-live", "polite");
  return copy;
}
