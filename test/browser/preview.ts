export {type Preview, startPreview} from "../../tools/bench/preview.js";
