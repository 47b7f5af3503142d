import type {Equation} from "../components/math/equation.js";
import {classes} from "./basicLosses/classEquations.js";
import {rare} from "./basicLosses/rareEquations.js";
import {regression} from "./basicLosses/regressionEquations.js";
import {temperature} from "./basicLosses/temperatureEquations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...regression, ...classes, ...temperature, ...rare];
