import {rm} from "node:fs/promises";
import {dirname, join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {course, folders, recordIn, train} from "../headless/command.js";

const recipe = "resnet-from-scratch-scenes";
const words = ["--width", "4", "--set", "config.images=200", "--set", "config.testImages=60", "--epochs", "5"];
let where: Awaited<ReturnType<typeof folders>>;

beforeAll(async () => void (where = await folders()));
afterAll(() => rm(dirname(where.RUNS_DIR), {recursive: true}));

test("a run killed again and again, at any moment, ends as one that was left alone", async () => {
  await train([recipe, ...words, "--name", "whole"], where);
  const moments = rng(Date.now() % 1e6).uniform(12, 0, 1500);
  let kills = 0;
  for (const moment of moments) {
    let timer: NodeJS.Timeout | undefined;
    const ended = await train(
      [recipe, ...words, "--name", "killed", "--save-every", "0", "--resume"],
      where,
      (output, child) => {
        timer ??= output.includes("steps of") ? setTimeout(() => child.kill("SIGKILL"), moment) : undefined;
      }
    );
    clearTimeout(timer);
    if (ended.code === 0) break;
    ++kills;
  }
  expect(kills).toBeGreaterThan(2);
  const last = await train([recipe, ...words, "--name", "killed", "--resume"], where);
  expect(last.code).toBe(0);
  const [killed, whole] = await Promise.all(
    ["killed", "whole"].map((name) => recordIn(join(where.RUNS_DIR, name), name))
  );
  expect(course(killed)).toEqual(course(whole));
});
