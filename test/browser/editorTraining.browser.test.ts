import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import type {TrainerState} from "../../src/components/ui/trainerState.js";
import {editCell, patient, type} from "./editing.js";
import {ownTask} from "./ownTask.js";
import {type Preview, startPreview} from "./preview.js";
import {visit} from "./visit.js";

/** An optimizer that a cell makes; `direction` is what is left to write. */
const optimizer = (direction: string) => `import type * as Tf from "@tensorflow/tfjs";
import type * as Tree from "../components/tensor/tree.js";
import type {Optimizer} from "../components/optimizers/optimizer.js";
import {cellCode} from "../components/train/cellCode.js";
slot.offer({
  optimizer: cellCode(
    {tf: import.meta.resolve("@tensorflow/tfjs"), tree: import.meta.resolve("../components/tensor/tree.js")},
    {scale: 1},
    ({tf, tree}: {tf: typeof Tf; tree: typeof Tree}, {scale}): Optimizer<{}> => ({
      init: () => ({}),
      update: (params, grads, state, rate) =>
        [tree.map((p, g) => tf.sub(p, tf.mul(${direction}, tf.mul(rate, scale))), params, grads), state]
    })
  )
});`;

const notebook = `# My own optimizer

\`\`\`ts
import {codeSlot} from "../components/train/cellCode.js";
const slot = codeSlot();
\`\`\`

\`\`\`ts
${optimizer("tf.zerosLike(g)")}
\`\`\`

\`\`\`ts
import {trainer} from "../components/ui/trainer.js";
const training = view(trainer({
  name: "own",
  module: import.meta.resolve("./ownTask.js"),
  controls: {rate: {label: "rate", value: 0.1, min: 0, max: 1, step: 0.01}},
  spec: ({rate}) => ({
    config: {}, seed: 1, epochs: 2, batch: 16, schedule: {kind: "constant", rate: Number(rate)}
  }),
  code: slot
}));
\`\`\`
`;

let preview: Preview;
beforeAll(async () => {
  preview = await startPreview({"week1/own.md": notebook, "week1/ownTask.ts": ownTask});
});
afterAll(() => preview.stop());

const state = (page: Page) => page.$eval("trainer-panel", (panel) => (panel as unknown as {value: TrainerState}).value);
const trained = (page: Page) =>
  page.waitForFunction(
    () => {
      const {status, progress} = (document.querySelector("trainer-panel") as unknown as {value: TrainerState}).value;
      return status === "failed" || (status === "done" && progress.bytes === 0);
    },
    undefined,
    {timeout: 100_000}
  );
const losses = async (page: Page) => (await state(page)).epochs.map(({test}) => test.loss);
const train = async (page: Page) => {
  await page.getByRole("button", {name: "Train", exact: true}).click();
  await trained(page);
  return losses(page);
};

test("a cell's own optimizer trains in the worker; edited, it is offered to the next run and leaves this one alone", async () => {
  const {page, errors, close} = await visit("/week1/own", {site: preview.site, backend: "wasm", prepare: patient});
  const still = await train(page);
  expect(still).toHaveLength(2);
  expect(still[1]).toBe(still[0]); // θ ← θ − η · 0

  await page.evaluate("document.querySelector('trainer-panel').mark = 'the same'");
  await editCell(page, 1);
  await type(page, optimizer("g"));
  await page.keyboard.press("Shift+Enter");
  await page.locator(".trainer-stale", {hasText: "These curves belong to code that has changed since"}).waitFor();
  expect(await losses(page)).toEqual(still);
  expect(await page.evaluate("document.querySelector('trainer-panel').mark")).toBe("the same"); // its cell did not run
  expect(await state(page)).toMatchObject({status: "done", stale: true});
  await page.locator(".cell-strip [role=status]", {hasText: "1 cell is stale."}).waitFor();

  await page.getByRole("button", {name: "Run stale cells"}).click();
  await page.waitForFunction(
    () => (document.querySelector("trainer-panel") as unknown as {value: TrainerState}).value.stale === false
  );
  await trained(page);
  const own = await losses(page);
  expect(own[1]).not.toBe(own[0]);

  await editCell(page, 1);
  await type(page, "slot.offer({optimizer: undefined as never});"); // the task then takes sgd()
  await page.keyboard.press("Shift+Enter");
  await page.locator(".trainer-stale:not(:empty)").waitFor();
  expect(await train(page)).toEqual(own); // θ ← θ − η g, number for number
  expect(errors).toEqual([]);
  await close();
});

test("code that takes a value of the page along is told in a sentence that the worker has none", async () => {
  await preview.put("week1/own.md", notebook.replace("tf.zerosLike(g)", "tf.mul(g, slot as never)"));
  const {page, close} = await visit("/week1/own", {site: preview.site, backend: "wasm", prepare: patient});
  await train(page);
  expect(await page.locator(".trainer-alert").innerText()).toContain(
    "slot is not defined: a cell's code sees only its imports and its inputs"
  );
  await page.locator(".cell-strip [role=status]", {hasText: "1 cell has failed."}).waitFor();
  await close();
});
