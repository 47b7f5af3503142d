import type {Equation} from "../components/math/equation.js";
import {derivatives} from "./linearAlgebra/equations/derivatives.js";
import {leastSquares} from "./linearAlgebra/equations/leastSquares.js";
import {modes} from "./linearAlgebra/equations/modes.js";
import {norms} from "./linearAlgebra/equations/norms.js";
import {singular} from "./linearAlgebra/equations/singular.js";
import {spectrum} from "./linearAlgebra/equations/spectrum.js";

/** The numbered equations of the page, by subject. */
export const equations: Equation[] = [...derivatives, ...spectrum, ...singular, ...norms, ...leastSquares, ...modes];
