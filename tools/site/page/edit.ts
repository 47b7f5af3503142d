import {startEditing} from "../../../src/components/ui/editorStart.js";

const editor = new URL("editor.js", import.meta.url).href; // CodeMirror, loaded when the reader first edits
startEditing(() => import(editor));
