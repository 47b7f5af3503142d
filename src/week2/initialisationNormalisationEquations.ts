import type {Equation} from "../components/math/equation.js";
import {depthEquations} from "./initNorm/depthEquations.js";
import {normEquations} from "./initNorm/normEquations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...depthEquations, ...normEquations];
