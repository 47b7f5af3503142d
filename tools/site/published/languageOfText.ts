import {markdown} from "../../../src/components/ui/editorMarkdown.js";

/** Markdown, as in the preview. */
export const language = () => markdown;
