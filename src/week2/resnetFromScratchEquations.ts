import type {Equation} from "../components/math/equation.js";
import {gradientEquations} from "./resnet/gradientEquations.js";
import {networkEquations} from "./resnet/networkEquations.js";
import {pathEquations} from "./resnet/pathEquations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...networkEquations, ...pathEquations, ...gradientEquations];
