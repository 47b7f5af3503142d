import {openEditor as open} from "../../../src/components/ui/editor.js";
import {languageOf} from "../../../src/components/ui/editorLanguages.js";
import {previewStore as store} from "../../../src/components/ui/editorRequests.js";
import type {OpenBlock} from "../../../src/components/ui/editorStart.js";

/** The preview's editor. */
export const openEditor: OpenBlock = (block, options) => open(block, {...options, store, language: languageOf(block)});
