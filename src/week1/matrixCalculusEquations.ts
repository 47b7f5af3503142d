import type {Equation} from "../components/math/equation.js";
import {functionEquations} from "./matrixCalculus/functionEquations.js";
import {identities} from "./matrixCalculus/identities.js";
import {methodEquations} from "./matrixCalculus/methodEquations.js";
import {quadraticEquations} from "./matrixCalculus/quadraticEquations.js";
import {softmaxEquations} from "./matrixCalculus/softmaxEquations.js";

/** The numbered equations of the page. */
export const equations: Equation[] = [
  ...[...methodEquations, ...functionEquations, ...softmaxEquations, ...quadraticEquations],
  ...identities
];
