/**
 * What every page carries in its head and its header: the choice of theme, the way past the sidebar, names for sliders
 * (Observable's range input labels its number field only).
 *
 * The script runs before the first paint, so a reader who chose a theme never sees the other one flash. Until
 * something is chosen the style sheet follows the system; choosing what the system has gives the choice back to it.
 * A choice is `<html data-theme="light|dark">`; Framework's `dark` follows it through `color-scheme`.
 */
export const themeScript = `(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const store = (theme) => { try { theme ? localStorage.setItem("theme", theme) : localStorage.removeItem("theme"); } catch {} };
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-toggle]")) button.setAttribute("aria-pressed", String(dark()));
  };
  const skip = () => {
    const main = document.querySelector("#observablehq-main");
    if (!main || document.querySelector(".skip-link")) return;
    main.tabIndex = -1;
    const link = document.createElement("a");
    link.className = "skip-link";
    link.href = location.href.split("#")[0] + "#observablehq-main"; // the 404 page has a <base>
    link.textContent = "Skip to the text";
    document.body.prepend(link);
  };
  const nameSliders = (records) => {
    for (const node of records.flatMap(({addedNodes}) => [...addedNodes])) {
      if (!(node instanceof HTMLElement)) continue;
      const added = node.closest("form") ?? node; // never the whole page: it changes whenever a slider moves
      for (const slider of added.querySelectorAll("form input[type=range]:not([aria-label])")) {
        const label = slider.form.querySelector("label")?.textContent;
        if (label) slider.setAttribute("aria-label", label);
      }
    }
  };
  new MutationObserver(nameSliders).observe(root, {childList: true, subtree: true});
  apply(stored());
  addEventListener("DOMContentLoaded", () => { apply(stored()); skip(); });
  addEventListener("storage", (event) => { if (event.key === "theme") apply(event.newValue); });
  system.addEventListener("change", () => apply(stored()));
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-toggle]")) return;
    const theme = dark() ? "light" : "dark";
    const choice = (theme === "dark") === system.matches ? null : theme;
    store(choice);
    apply(choice);
  });
})();`;

/**
 * The header of every page: the way home where the sidebar is folded away, the button that loads the editor of the
 * published site (the preview has its own), and the theme button.
 */
export const header = `<a class="site-title" href="/">Deep Learning Mastery</a>
<button type="button" class="edit-page" data-edit-page hidden aria-pressed="false" title="Change this page for yourself (Alt-E)">Edit</button>
<button type="button" class="theme-toggle" data-theme-toggle aria-pressed="false" aria-label="Dark theme" title="Light or dark">
<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor"/></svg>
</button>`;
