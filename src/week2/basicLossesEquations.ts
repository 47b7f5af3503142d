import type {Equation} from "../components/math/equation.js";
import {classes} from "./basicLosses/classEquations.js";
import {regression} from "./basicLosses/regressionEquations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...regression, ...classes];
