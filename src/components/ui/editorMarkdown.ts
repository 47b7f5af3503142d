import {defineLanguageFacet, Language} from "@codemirror/language";
import {GFM, parser} from "@lezer/markdown";

/** Without the languages of HTML and style sheets that CodeMirror's own Markdown brings along. */
export const markdown = new Language(defineLanguageFacet(), parser.configure(GFM), [], "markdown");
