export {compileCell, Parser, tokTypes} from "../../../src/components/ui/editing/compile.js";
