/** Renders one formula. @throws Error with KaTeX's `rawMessage` if it is none. */
export type RenderTex = (tex: string, display: boolean) => string;

/**
 * Gives the formulas of a new text their form: one that stands on the page already is copied from there, so that KaTeX
 * is loaded for a new one only.
 *
 * @throws Error, a sentence, for a formula that KaTeX does not take.
 */
export async function renderFormulas(element: Element, load: () => Promise<{renderTex: RenderTex}>): Promise<void> {
  for (const link of element.querySelectorAll("a.included:empty")) includeFrom(document.body, link);
  const wanted = [...element.querySelectorAll("tex-math")];
  if (!wanted.length) return;
  const known = formulasOf(document.body);
  for (const formula of wanted) {
    const tex = formula.textContent ?? "";
    const display = formula.hasAttribute("display");
    const same = known.get(`${display} ${tex}`);
    if (same) formula.replaceWith(same.cloneNode(true));
    else formula.outerHTML = rendered((await load()).renderTex, tex, display);
  }
}

/** The formula of another page, which the text had before: as the page shows it, or its name where it does not. */
function includeFrom(page: Element, link: Element): void {
  const href = link.getAttribute("href")!;
  const shown = [...page.querySelectorAll("a.included")].find((other) => other.getAttribute("href") === href);
  link.append(...(shown ? shown.cloneNode(true).childNodes : [href]));
}

function rendered(renderTex: RenderTex, tex: string, display: boolean): string {
  try {
    return renderTex(tex, display);
  } catch (error) {
    const {message, rawMessage = message} = error as Error & {rawMessage?: string};
    throw new Error(`the formula ${tex.slice(0, 60)} is not one: ${rawMessage}`, {cause: error});
  }
}

/** The rendered formulas of a page by their source, which KaTeX keeps for screen readers. */
function formulasOf(page: Element): Map<string, Element> {
  const annotations = [...page.querySelectorAll('annotation[encoding="application/x-tex"]')];
  return new Map(
    annotations.map((annotation) => {
      const outer = annotation.closest(".katex-display");
      return [`${outer !== null} ${annotation.textContent}`, outer ?? annotation.closest(".katex")!];
    })
  );
}
