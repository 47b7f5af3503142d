/** What a drawing depends on beside its data. */
export interface Surroundings {
  /** Width of the element's content box in CSS pixels. */
  width: number;
  /** Whether the dark theme is on. */
  dark: boolean;
}

/**
 * Calls `draw` when the element is first laid out, and again when its width or the theme changes, as long as it is in
 * the page. Returns a function that draws once more with what is known, for new data.
 */
export function observe(node: HTMLElement, draw: (surroundings: Surroundings) => void): () => void {
  let width = 0;
  let stop: (() => void) | undefined;
  const redraw = () => {
    if (width > 0) draw({width, dark: isDark()});
  };
  new ResizeObserver(([{contentRect}]) => {
    const next = Math.floor(contentRect.width);
    if (next === width) return;
    width = next;
    if (width === 0) {
      stop?.(); // taken out of the page, or folded away: the theme may be forgotten
      stop = undefined;
      return;
    }
    stop ??= onThemeChange(redraw);
    redraw();
  }).observe(node);
  return redraw;
}

/** Whether the page is dark now: the reader's choice, else the system's. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function onThemeChange(change: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const choice = new MutationObserver(change);
  choice.observe(document.documentElement, {attributeFilter: ["data-theme"]});
  system.addEventListener("change", change);
  return () => {
    choice.disconnect();
    system.removeEventListener("change", change);
  };
}
