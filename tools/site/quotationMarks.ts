import type MarkdownIt from "markdown-it";

/** Quotation marks curl, but "(c)" stays what it is. */
export const quotationMarks = (md: MarkdownIt): MarkdownIt => md.set({typographer: true}).disable("replacements");
