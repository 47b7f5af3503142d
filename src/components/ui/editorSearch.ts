import {highlightSelectionMatches, openSearchPanel, search, searchKeymap} from "@codemirror/search";
import type {Extension} from "@codemirror/state";
import {keymap} from "@codemirror/view";

/** Search and replace in the open editor. */
export const searching: Extension = [search(), highlightSelectionMatches(), keymap.of(searchKeymap)];

export {openSearchPanel};
