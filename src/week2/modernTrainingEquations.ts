import type {Equation} from "../components/math/equation.js";
import {clippingEquations} from "./modernTraining/clippingEquations.js";
import {decayEquations} from "./modernTraining/decayEquations.js";
import {halfEquations} from "./modernTraining/halfEquations.js";
import {samEquations} from "./modernTraining/samEquations.js";
import {scheduleEquations} from "./modernTraining/scheduleEquations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [
  ...scheduleEquations,
  ...decayEquations,
  ...clippingEquations,
  ...halfEquations,
  ...samEquations
];
