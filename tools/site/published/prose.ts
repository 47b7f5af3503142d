import {proseRenderer} from "../../../src/components/ui/editing/prose.js";
import {pageMarkdown} from "./pageMarkdown.js";

export {provide} from "./standIns/later.js";

/** Renders the site's Markdown with the numbers of a page's equations. */
export const renderer = (numbers: Record<string, number>) => proseRenderer(pageMarkdown, numbers);
