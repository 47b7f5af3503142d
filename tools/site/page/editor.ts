export {openEditor} from "../../../src/components/ui/editor.js";
