import type {Equation} from "../components/math/equation.js";
import {adaptive} from "./optimizationAlgorithms/adaptive.js";
import {descent} from "./optimizationAlgorithms/descent.js";
import {inertia} from "./optimizationAlgorithms/momentum.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...descent, ...inertia, ...adaptive];
