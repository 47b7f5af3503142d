import {commandLine} from "./commandLine.js";
import {check} from "./check/index.js";
import {format} from "./check/problem.js";
import {buildSite} from "./site/build.js";

/** npm run build [-- --out DIR] [--no-check]: the static site, into dist; SITE_BASE names its base path. */
const {values} = commandLine("build", {
  options: {out: {type: "string", default: "dist"}, "no-check": {type: "boolean"}}
});
const start = performance.now();
try {
  if (!values["no-check"]) checkPages();
  const {pages, files} = await buildSite(values.out);
  console.log(`${values.out}: ${pages} pages and ${files} other files in ${seconds()} s`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function checkPages(): void {
  const problems = check({root: "src", configuration: null});
  for (const problem of problems) console.error(format(problem));
  if (problems.length) throw new Error(`build: expected pages without problems, got ${problems.length}`);
}

function seconds(): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}
