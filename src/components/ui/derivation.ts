import {eachElement} from "./eachElement.js";
import {button, element} from "./element.js";

/**
 * Lets the steps of the page's derivations (`::: derivation` in Markdown) come one at a time: "Next step" opens the next
 * one, "All steps" the rest, and with either focused the arrow keys go forward and back. Without this script each step
 * opens by itself.
 */
export function startDerivations(): void {
  eachElement(document.body, ".stepwise", steps);
}

function steps(root: HTMLElement): void {
  const all = [...root.querySelectorAll<HTMLDetailsElement>(":scope > .stepwise-step")];
  if (!all.length) return;
  const next = button("Next step", forward);
  const rest = button("All steps", toggleAll);
  const said = element("span", {class: "stepwise-said", role: "status"});
  const tools = element("div", {class: "stepwise-tools"}, next, rest, said);
  root.append(tools);

  const opened = () => all.filter(({open}) => open).length;

  function forward(): void {
    const step = all.find(({open}) => !open);
    if (step) step.open = true;
    show();
    tools.scrollIntoView({block: "nearest"});
  }

  function back(): void {
    const step = all.findLast(({open}) => open);
    if (step) step.open = false;
    show();
  }

  function toggleAll(): void {
    const open = opened() < all.length;
    for (const step of all) step.open = open;
    show();
  }

  function show(): void {
    const count = opened();
    next.disabled = count === all.length;
    rest.textContent = count === all.length ? "Close all" : "All steps";
    said.textContent = `${count} of ${all.length}`;
    if (next.disabled && document.activeElement === document.body) rest.focus(); // a disabled button drops the focus
  }

  for (const step of all) step.addEventListener("toggle", show);
  tools.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") forward();
    else if (event.key === "ArrowLeft") back();
    else return;
    event.preventDefault();
  });
  show();
}
