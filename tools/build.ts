import {parseArgs} from "node:util";
import {buildSite} from "./site/build.js";

/** npm run build [-- --out DIR] [--no-check]: the static site, into dist; SITE_BASE names its base path. */
const {values} = parseArgs({options: {out: {type: "string", default: "dist"}, "no-check": {type: "boolean"}}});
const start = performance.now();
try {
  const {pages, files} = await buildSite(values.out);
  console.log(`${values.out}: ${pages} pages and ${files} other files in ${seconds()} s`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function seconds(): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}
