import type {Equation} from "../components/math/equation.js";
import {bayesRule} from "./probabilityKl/bayesEquations.js";
import {crossEntropies} from "./probabilityKl/crossEntropyEquations.js";
import {divergence} from "./probabilityKl/klEquations.js";
import {informationAndPriors} from "./probabilityKl/informationEquations.js";
import {likelihood} from "./probabilityKl/likelihoodEquations.js";
import {limits} from "./probabilityKl/limitsEquations.js";
import {moments} from "./probabilityKl/momentsEquations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [
  ...moments,
  ...limits,
  ...bayesRule,
  ...likelihood,
  ...informationAndPriors,
  ...divergence,
  ...crossEntropies
];
