import {header, themeScript} from "./src/components/ui/theme.js";
import {pageHead} from "./tools/site/head.js";
import {siteMarkdown} from "./tools/site/markdown.js";
import {sidebar} from "./tools/site/pages.js";

const root = "src";
const preview = process.env.SITE_PREVIEW === "1";

export default {
  root,
  title: "Deep Learning Mastery",
  home: "Deep Learning Mastery",
  base: process.env.SITE_BASE ?? "/",
  pages: sidebar(root), // the preview reads them anew for every page
  search: true,
  style: "style.css",
  globalStylesheets: [],
  head: await pageHead({root, preview, script: themeScript}),
  header,
  footer: "Text and code under the MIT licence.",
  markdownIt: siteMarkdown(root, {preview})
};
