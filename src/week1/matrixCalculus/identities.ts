import {basics} from "./basics.js";
import {blockInverses} from "./blockInverses.js";
import {determinants} from "./determinants.js";
import {differentials} from "./differentials.js";
import {higherForms, linearForms} from "./forms.js";
import {higherTraces} from "./higherTraces.js";
import {eigenvalueDerivatives, inverseDerivatives} from "./inverseDerivatives.js";
import {inverses} from "./inverses.js";
import {norms} from "./norms.js";
import {squareForms} from "./squareForms.js";
import {structures} from "./structures.js";
import {linearTraces, squareTraces} from "./traces.js";

/** The table of identities, in the page's order. */
export const identities = [
  ...[...basics, ...inverses, ...blockInverses],
  ...[...differentials, ...determinants, ...inverseDerivatives, ...eigenvalueDerivatives],
  ...[...linearForms, ...squareForms, ...higherForms],
  ...[...linearTraces, ...squareTraces, ...higherTraces],
  ...[...norms, ...structures]
];
