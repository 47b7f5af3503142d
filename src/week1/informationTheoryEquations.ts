import type {Equation} from "../components/math/equation.js";
import {differential} from "./informationTheory/differentialEquations.js";
import {entropies} from "./informationTheory/entropyEquations.js";
import {infoNce} from "./informationTheory/infoNceEquations.js";
import {mutuals} from "./informationTheory/mutualEquations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...entropies, ...mutuals, ...differential, ...infoNce];
