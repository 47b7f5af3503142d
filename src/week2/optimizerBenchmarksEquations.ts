import type {Equation} from "../components/math/equation.js";
import {all} from "./optimizerBenchmark/equations.js";

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = all;
