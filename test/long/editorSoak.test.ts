import {afterAll, beforeAll, expect, test} from "vitest";
import {type Preview, startPreview} from "../browser/preview.js";
import {soak} from "../browser/soak.js";

const seconds = Number(process.env.SOAK_SECONDS ?? 300);
const seed = Number(process.env.SOAK_SEED ?? 60);

let preview: Preview;
beforeAll(async () => void (preview = await startPreview()));
afterAll(() => preview.stop());

test(
  `after ${seconds} seconds of random edits, saves, reloads and outside changes the file is what was typed`,
  async () => {
    const done = await soak(preview, {seed, seconds});
    console.log(`seed ${seed}: ${done.length} actions`);
    expect(new Set(done).size).toBeGreaterThan(8); // of the kinds of actions
  },
  1000 * (seconds + 600)
);
