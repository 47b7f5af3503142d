import he from "he";
import {pageInfo} from "./pages.js";
import {browserScript} from "./assets.js";

const icon = encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f3a8a"/>` +
    `<g stroke="#93c5fd" stroke-width="1.5"><path d="M8 10 24 16M8 22 24 16M8 10 16 22M8 22 16 10M16 10 24 16M16 22 24 16"/></g>` +
    `<g fill="#fff"><circle cx="8" cy="10" r="3"/><circle cx="8" cy="22" r="3"/><circle cx="16" cy="10" r="3"/>` +
    `<circle cx="16" cy="22" r="3"/><circle cx="24" cy="16" r="3.5"/></g></svg>`
);

/** The way from a page to the site's root: `./` or `../`. Relative, so that the site works under any base path. */
export const toRoot = (path: string): string => "../".repeat(path.split("/").length - 2) || "./";

export interface HeadOptions {
  root: string;
  preview: boolean;
  /** Runs before the first paint. */
  script: string;
}

/** What stands in the head of every page beside what Framework puts there. `external` keeps Framework's hands off. */
export async function pageHead({root, preview, script}: HeadOptions): Promise<(page: {path: string}) => string> {
  const isolate = preview ? "" : await browserScript("isolate.ts", "iife");
  return ({path}) => {
    const up = toRoot(path);
    const description = pageInfo(root, path)?.description;
    return [
      `<link rel="icon external" href="data:image/svg+xml,${icon}">`,
      `<link rel="stylesheet external" href="${up}assets/fonts.css">`,
      `<link rel="stylesheet external" href="${up}assets/math.css">`,
      description ? `<meta name="description" content="${he.escape(description)}">` : "",
      `<script>${script}</script>`,
      `<script type="module" src="${up}components/ui/cellStates.js"></script>`, // Framework's own, and before the cells
      ...["derivations", ...(preview ? ["tex-math", "edit"] : [])].map(
        (name) => `<script type="module" rel="external" src="${up}assets/${name}.js"></script>`
      ),
      preview ? "" : `<script data-worker="${up}isolation-worker.js">${isolate}</script>`
    ]
      .filter(Boolean)
      .join("\n");
  };
}
