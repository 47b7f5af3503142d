import type {Verify} from "../components/ui/verify.js";
import {chapter1} from "./exercisesStatistics/chapter1.js";

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {...chapter1};
