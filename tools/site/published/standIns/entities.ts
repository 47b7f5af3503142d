/** HTML's entities as the browser knows them, in place of two packages with tables of them. */
export function decodeHTML(text: string): string {
  if (!text.includes("&")) return text;
  const area = document.createElement("textarea"); // its content is text: nothing in it becomes an element
  area.innerHTML = text.replaceAll("<", "&lt;");
  return area.value;
}

export {decodeHTML as decode, decodeHTML as decodeHTMLStrict};

const names: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
  "`": "&#x60;"
};

/** As `he.escape`. */
export const escape = (text: string): string => text.replace(/[&<>"'`]/g, (character) => names[character]);

export default {decode: decodeHTML, escape};
