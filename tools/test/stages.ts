import type {Stage} from "./stage.js";

const tsx = ["--import", "tsx"];
const site = ".cache/test-site";

/** Where vitest's reports go. */
export const results = ".cache/test-results";

const build: Stage = {
  name: "build",
  command: [...tsx, "tools/build.ts", "--no-check", "--out", site],
  minutes: 3
};

const vitest = (name: string, config: string, minutes: number): Stage => {
  const file = `${results}/${name.replaceAll(" ", "-")}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return {
    name,
    command: ["node_modules/vitest/vitest.mjs", "run", "--config", config, ...reporters],
    results: file,
    environment: {SITE_DIR: site},
    minutes
  };
};

/** npm test: types, cells, lint, format, unit tests, build, browser tests. */
export const short: Stage[] = [
  {name: "check", command: [...tsx, "tools/check.ts"], minutes: 3},
  {name: "lint", command: ["node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"], minutes: 3},
  {name: "format", command: ["node_modules/prettier/bin/prettier.cjs", "--check", "."], minutes: 2},
  vitest("unit tests", "vitest.config.ts", 15),
  build,
  vitest("browser tests", "vitest.browser.config.ts", 30)
];

/** npm run test:long: the soak and the slow ones. */
export const long: Stage[] = [build, vitest("long tests", "vitest.long.config.ts", 20)];
