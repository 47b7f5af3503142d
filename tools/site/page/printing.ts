/** What `npm run pdf` does to a page before it is printed, in the page itself; see tools/pdf/print.ts. */

export {};

const least = 0.65; // of the size of the text: smaller than that nobody reads it on paper

/** Opens what is folded, shows or leaves out hints and solutions, lets links lead to where the site stands. */
function prepare(solutions: boolean, address: string | null): void {
  // The style sheet of variable fonts goes; the fixed ones that were added have the names next in the lists.
  document.querySelector<HTMLLinkElement>('link[href$="assets/fonts.css"]')!.disabled = true;
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

/** What would be cut off on paper, or stand over what is beside it: each as a sentence. */
function problems(pageHeight: number): string[] {
  const found: string[] = [];
  for (const node of document.querySelectorAll<HTMLElement>("main *")) {
    const inFormula = node.closest(".katex-html") && !node.matches(".base");
    if (hidden(node) || inFormula || node.parentElement!.closest("svg")) continue;
    const {height, width} = node.getBoundingClientRect();
    if (width <= 1) continue; // for screen readers only
    const over = Math.round(tooWide(node));
    if (over > 1) found.push(`${name(node)} is ${over} px wider than its place`);
    else if (node.matches("svg, img, canvas, tr, .katex-display") && height > pageHeight)
      found.push(`${name(node)} is ${Math.round(height - pageHeight)} px higher than the page`);
  }
  const failed = document.querySelectorAll("main :is(.observablehq--error, .katex-error)").length;
  return [...found, ...(failed ? [`${failed} cells or formulas failed`] : [])];
}

/** By how many pixels an element leaves the paper, a formula its column, or a box cuts off what is in it. */
function tooWide(node: HTMLElement): number {
  const {left, right} = node.getBoundingClientRect();
  const column = node.matches(".base") ? node.closest("li, td, th, p, figcaption, summary, div")! : document.body;
  const clipped = getComputedStyle(node).overflowX !== "visible" ? node.scrollWidth - node.clientWidth : 0;
  const spilt = left + node.scrollWidth - innerWidth; // text that its own box does not hold
  return Math.max(right - Math.min(innerWidth, column.getBoundingClientRect().right), clipped, spilt);
}

function name(node: Element): string {
  const text = (node.getAttribute("aria-label") ?? node.textContent ?? "").trim().replace(/\s+/g, " ");
  return `<${node.tagName.toLowerCase()}${node.classList.length ? `.${node.classList[0]}` : ""}> “${text.slice(0, 50)}”`;
}

Object.assign(globalThis, {printing: {margin, prepare, fit, problems}});
