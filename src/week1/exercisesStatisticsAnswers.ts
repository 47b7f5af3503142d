import type {Verify} from "../components/ui/verify.js";
import {chapter1} from "./exercisesStatistics/chapter1.js";
import {chapter2} from "./exercisesStatistics/chapter2.js";
import {chapter3} from "./exercisesStatistics/chapter3.js";
import {chapter7} from "./exercisesStatistics/chapter7.js";
import {chapter8} from "./exercisesStatistics/chapter8.js";
import {chapter11} from "./exercisesStatistics/chapter11.js";

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  ...chapter1,
  ...chapter2,
  ...chapter3,
  ...chapter7,
  ...chapter8,
  ...chapter11
};
