import {check} from "./check/index.js";
import {moduleProblems} from "./check/pageModules.js";
import {format} from "./check/problem.js";

/** npm run check: types, names, imports, formulas and links of the pages and of all TypeScript; exits with 1 on any. */
const problems = [...check({root: "src", configuration: "tsconfig.json"}), ...(await moduleProblems("src"))];
for (const problem of problems) console.log(format(problem));
console.log(`${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
