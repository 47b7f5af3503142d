import {afterAll, beforeAll, expect, test} from "vitest";
import {type Preview, startPreview} from "./preview.js";
import {soak} from "./soak.js";

let preview: Preview;
beforeAll(async () => void (preview = await startPreview()));
afterAll(() => preview.stop());

test("after sixteen random edits, saves, reloads and outside changes the file is what was typed", async () => {
  const done = await soak(preview, {seed: 6, seconds: 240, most: 16});
  expect(done.length).toBe(16);
}, 600_000);
