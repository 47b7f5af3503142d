import he from "he";
import {renderTex} from "../math/render.js";

/**
 * What a page still needs after Framework: its language, a viewport that may be zoomed, and below its title the way to
 * the page on paper, where it has been printed.
 */
export function finishPage(html: string, pdf?: string): string {
  const link = pdf ? `\n<p class="pdf-link"><a href="${pdf}">On paper (PDF)</a></p>` : "";
  return html
    .replace("<html>", '<html lang="en">')
    .replace(", maximum-scale=1", "")
    .replace("</h1>", (end) => end + link);
}

const formula = /<tex-math( display="")?>([^<]*)<\/tex-math>/g;

/** Renders the formulas of pages; one that occurs again, on any page, is rendered once. */
export function formulaRenderer(): (html: string) => string {
  const rendered = new Map<string, string>();
  return (html) =>
    html.replace(formula, (element, display: string | undefined, escaped: string) => {
      if (!rendered.has(element)) rendered.set(element, renderTex(he.decode(escaped), display !== undefined));
      return rendered.get(element)!;
    });
}
