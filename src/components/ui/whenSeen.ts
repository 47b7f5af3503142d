import {element} from "./element.js";

/**
 * A place for what is loaded when the reader comes near it, or has jumped past it. The cell that shows it is done at once,
 * so nothing waits for it.
 */
export function whenSeen(load: () => Promise<Node>): HTMLElement {
  const root = element("div", {class: "when-seen"});
  const margins = {rootMargin: "10000000px 0px 800px 0px"}; // all that lies above counts as seen
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({isIntersecting}) => isIntersecting)) return;
    observer.disconnect();
    load().then(
      (node) => root.replaceChildren(node),
      (error: Error) => root.replaceChildren(element("p", {class: "observablehq--error"}, error.message))
    );
  }, margins);
  observer.observe(root);
  return root;
}
