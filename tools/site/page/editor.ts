import {openEditor as open} from "../../../src/components/ui/editor.js";
import {languageOf} from "../../../src/components/ui/editorLanguages.js";
import {previewStore as store} from "../../../src/components/ui/editorRequests.js";
import type {OpenBlock} from "../../../src/components/ui/editorStart.js";
import {typeHelp as help} from "../../../src/components/ui/editorTypes.js";

/** The preview's editor, with what the preview's compiler knows. */
export const openEditor: OpenBlock = (block, options) =>
  open(block, {...options, store, language: languageOf(block), help});
