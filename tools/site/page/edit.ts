import {commandsOf} from "../../../src/components/ui/editorCommands.js";
import {editedFile, previewStore} from "../../../src/components/ui/editorRequests.js";
import {startEditing} from "../../../src/components/ui/editorStart.js";

const editor = new URL("editor.js", import.meta.url).href; // CodeMirror, loaded when the reader first edits
const file = editedFile();
if (file) startEditing({file, files: true, read: previewStore.read, load: () => import(editor), commands: commandsOf});
