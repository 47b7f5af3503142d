import type {Equation} from "../components/math/equation.js";
import {constrained} from "./optimizationTheory/constrained.js";
import {convexity} from "./optimizationTheory/convexity.js";
import {rates} from "./optimizationTheory/rates.js";
import {smoothness} from "./optimizationTheory/smoothness.js";
import {stochastic} from "./optimizationTheory/stochastic.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...convexity, ...smoothness, ...rates, ...constrained, ...stochastic];
