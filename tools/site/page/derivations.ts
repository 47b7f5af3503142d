import {startDerivations} from "../../../src/components/ui/derivation.js";

startDerivations();
