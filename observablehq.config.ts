import type MarkdownIt from "markdown-it";
import {header, themeScript} from "./src/components/ui/theme.js";
import {mathPlugin} from "./tools/math/markdown.js";
import {pageHead} from "./tools/site/head.js";
import {sidebar} from "./tools/site/pages.js";
import {programmeMarkdown} from "./tools/site/programme.js";

const root = "src";

export default {
  root,
  title: "Deep Learning Mastery",
  home: "Deep Learning Mastery",
  base: process.env.SITE_BASE ?? "/",
  pages: sidebar(root), // the preview reads them anew for every page
  search: true,
  style: "style.css",
  globalStylesheets: [],
  head: await pageHead({root, preview: process.env.SITE_PREVIEW === "1", script: themeScript}),
  header,
  footer: "Text and code under the MIT licence.",
  markdownIt: (md: MarkdownIt) => {
    md.set({typographer: true}).disable("replacements"); // quotation marks curl, but "(c)" stays what it is
    programmeMarkdown(md, root);
    return mathPlugin(md);
  }
};
