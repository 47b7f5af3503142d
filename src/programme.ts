import {week1} from "./programme/week1.js";
import {week2} from "./programme/week2.js";
import {week3} from "./programme/week3.js";
import {week4} from "./programme/week4.js";

export type * from "./programme/types.js";
export {endGoal, resources} from "./programme/resources.js";

/** The four weeks: what is studied, from what, and what is delivered. */
export const weeks = [week1, week2, week3, week4];
