/** Attributes by name: `true` sets an empty one, `false` and `undefined` leave it out. */
export type Attributes = Record<string, string | number | boolean | undefined>;

/** An element with its attributes and children; strings become text, so nothing a caller passes is read as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

/** A button that submits no form. */
export function button(text: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const node = element("button", {type: "button", ...attributes}, text);
  node.addEventListener("click", press);
  return node;
}
