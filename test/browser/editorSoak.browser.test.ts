import {afterAll, beforeAll, expect, test} from "vitest";
import {type Preview, startPreview} from "./preview.js";
import {soak} from "./soak.js";

let preview: Preview;
beforeAll(async () => void (preview = await startPreview()));
afterAll(() => preview.stop());

test("after 60 seconds of random edits, saves, reloads and outside changes the file is what was typed", async () => {
  const done = await soak(preview, {seed: 6, seconds: 60});
  expect(done.length).toBeGreaterThan(0);
}, 600_000);
