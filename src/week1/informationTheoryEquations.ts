import type {Equation} from "../components/math/equation.js";
import {differential} from "./informationTheory/differentialEquations.js";
import {entropyEquations} from "./informationTheory/entropyEquations.js";
import {infoNce} from "./informationTheory/infoNceEquations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...entropyEquations, ...differential, ...infoNce];
