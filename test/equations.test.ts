import {readdirSync} from "node:fs";
import {join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {describe, expect, test} from "vitest";
import {type Equation, holds} from "../src/components/math/equation.js";
import {rng} from "../src/components/math/random.js";
import {moduleProblems} from "../tools/check/pageModules.js";
import {format} from "../tools/check/problem.js";

// What readers see checked beside the equations, at the seeds that their first draws take.
const seeds = Array.from({length: 10}, (_, i) => i + 1);

const weeks = readdirSync("src").filter((name) => /^week\d$/.test(name));
const files = ["", ...weeks]
  .flatMap((folder) => readdirSync(join("src", folder)).map((file) => join("src", folder, file)))
  .filter((file) => file.endsWith("Equations.ts"));
const modules = await Promise.all(
  files.map(async (file) => {
    const {equations} = (await import(pathToFileURL(resolve(file)).href)) as {equations: Equation[]};
    return {file, equations};
  })
);

describe.each(modules)("$file", ({equations}) => {
  test.each(equations)("eq:$name, $says", ({compare, mutation}) => {
    for (const seed of seeds) {
      const right = compare(rng(seed));
      expect(right, `seed ${seed}`).toSatisfy(holds);
      const wrong = mutation.compare(rng(seed));
      expect(wrong, `seed ${seed}, ${mutation.says}`).not.toSatisfy(holds);
      expect([wrong.got, wrong.expected].every(Number.isFinite), `numbers with ${mutation.says}`).toBe(true);
    }
  });
});

test("every result of a page has its check, every check and every answer its place on the page", async () => {
  expect((await moduleProblems("src")).map(format)).toEqual([]);
});
