/** What `npm run pdf` does to a page before it is printed, in the page itself; see tools/pdf/print.ts. */

export {};

const least = 0.65; // of the size of the text: smaller than that nobody reads it on paper

/** Opens what is folded, shows or leaves out hints and solutions, lets links lead to where the site stands. */
function prepare(solutions: boolean, address: string | null): void {
  document.documentElement.dataset.export = solutions ? "solutions" : "exercises";
  for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details:not(.figure-data)")) {
    fold.open = true;
    fold.hidden = false;
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("main a[href]")) {
    const {origin, pathname, hash} = new URL(link.href);
    if (origin !== location.origin) continue;
    if (pathname === location.pathname && hash) link.setAttribute("href", hash);
    else if (address)
      link.href = new URL(link.getAttribute("href")!, new URL(location.pathname.slice(1), address)).href;
    else link.removeAttribute("href"); // nothing on paper leads to this machine
  }
}

/** The margins of the paper in mm, above and beside the text, as the last `@page` rule that holds here says. */
function margin(): number[] {
  const named = getComputedStyle(document.querySelector("#observablehq-center")!).getPropertyValue("page");
  const rules = [...document.styleSheets]
    .flatMap(({cssRules}) => [...cssRules])
    .filter((rule) => rule instanceof CSSPageRule);
  const rule =
    rules.findLast(({selectorText}) => selectorText === named) ?? rules.findLast(({selectorText}) => !selectorText)!;
  return rule.style
    .getPropertyValue("margin")
    .match(/[\d.]+(?=mm)/g)!
    .map(Number);
}

const hidden = (node: Element) => node.closest(".katex-mathml") !== null || node.getClientRects().length === 0;

/** Sets equations and tables that are wider than the page smaller, as far as they stay readable. */
function fit(): void {
  for (const box of document.querySelectorAll<HTMLElement>("main :is(.equation-body, table, .figure-scroll)")) {
    if (hidden(box)) continue;
    const inner = [...box.querySelectorAll(".katex-html > .base, td, th")];
    const left = box.getBoundingClientRect().left;
    const right = Math.max(box.scrollWidth, ...inner.map((part) => part.getBoundingClientRect().right - left));
    const room = Math.min(box.clientWidth || innerWidth, innerWidth - left);
    const ratio = (room - 2) / right;
    if (right > room + 1 && ratio >= least) box.style.fontSize = `${Math.floor(100 * ratio)}%`;
  }
}

/** What would be cut off on paper: each as a sentence. */
function problems(pageHeight: number): string[] {
  const found: string[] = [];
  for (const node of document.querySelectorAll<HTMLElement>("main *")) {
    const katex = node.closest(".katex-html");
    if (hidden(node) || (katex && !node.matches(".base")) || node.closest("svg") !== node.closest("svg, main"))
      continue;
    const {right, height, width} = node.getBoundingClientRect();
    if (width <= 1) continue; // for screen readers only
    const clipped = getComputedStyle(node).overflowX !== "visible" ? node.scrollWidth - node.clientWidth : 0;
    const over = Math.round(Math.max(right - innerWidth, clipped));
    if (over > 1) found.push(`${name(node)} is ${over} px wider than the page`);
    else if (node.matches("svg, img, canvas, tr, .katex-display") && height > pageHeight)
      found.push(`${name(node)} is ${Math.round(height - pageHeight)} px higher than the page`);
  }
  const failed = document.querySelectorAll("main :is(.observablehq--error, .katex-error)").length;
  return [...found, ...(failed ? [`${failed} cells or formulas failed`] : [])];
}

function name(node: Element): string {
  const text = (node.getAttribute("aria-label") ?? node.textContent ?? "").trim().replace(/\s+/g, " ");
  return `<${node.tagName.toLowerCase()}${node.classList.length ? `.${node.classList[0]}` : ""}> “${text.slice(0, 50)}”`;
}

Object.assign(globalThis, {printing: {margin, prepare, fit, problems}});
