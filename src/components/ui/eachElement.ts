/**
 * Calls `meet` once for each element of the page that matches: those that are there, and those that come later, as when
 * an edited block takes the place of the old one. It ends when `owner` has left the page.
 */
export function eachElement(owner: Node, selector: string, meet: (found: HTMLElement) => void): void {
  const met = new WeakSet<HTMLElement>();
  const visit = (found: HTMLElement) => {
    if (met.has(found)) return;
    met.add(found);
    meet(found);
  };
  document.querySelectorAll<HTMLElement>(selector).forEach(visit);
  let arrived = owner.isConnected;
  new MutationObserver((records, observer) => {
    arrived ||= owner.isConnected;
    if (arrived && !owner.isConnected) return observer.disconnect();
    for (const node of records.flatMap(({addedNodes}) => [...addedNodes])) {
      if (!(node instanceof HTMLElement)) continue;
      if (node.matches(selector)) visit(node);
      node.querySelectorAll<HTMLElement>(selector).forEach(visit);
    }
  }).observe(document.body, {childList: true, subtree: true});
}
