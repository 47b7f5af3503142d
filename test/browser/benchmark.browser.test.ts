import {expect, test} from "vitest";
import {failures, visit, type Visit} from "./visit.js";

const trial = "trial: ResNet-18, width 4, images 8 × 8, batch 2";
const isLayers = (url: string) => url.includes("tfjs-layers");

const status = ({page}: Visit) => page.locator(".benchmark-status");
const press = ({page}: Visit, name: string) => page.getByRole("button", {name, exact: true}).click();

async function choose({page}: Visit, names: string[], rounds: string): Promise<void> {
  await page.locator(".benchmark select").selectOption(trial);
  await page.locator(".benchmark input[type=number]").fill(rounds);
  for (const box of await page.locator(".benchmark input[type=checkbox]").all())
    await box.setChecked(names.includes((await box.getAttribute("value"))!));
}

test("on a software adapter the benchmark runs to its end: times, counts and a roofline that says what it shows", async () => {
  const visited = await visit("/benchmark");
  const {page, errors, requests} = visited;
  await choose(visited, ["ours, eager", "ours, recorded"], "2");
  await press(visited, "Run");
  await expect.poll(() => status(visited).textContent(), {timeout: 200_000}).toBe("Done.");
  expect(await page.locator(".benchmark-results > p").first().textContent()).toMatch(
    /^Live, on your software adapter .*swiftshader/i
  );
  const rows = await page.locator(".benchmark-results tbody tr:not(details tr)").allTextContents();
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatch(/^ours, eager[\d,.]+ ms.* ms1×/);
  expect(rows[1]).toMatch(/^ours, recorded[\d,.]+ ms/);
  const said = await page.locator(".benchmark-results [role=img]").getAttribute("aria-label");
  expect(said).toMatch(/they meet at [\d.e−-]+ FLOP\/byte\. Left of the ridge.*right of it/);
  await page.locator(".benchmark-results [role=img]").scrollIntoViewIfNeeded(); // figures are drawn when they are seen
  await expect.poll(() => page.locator(".benchmark-results svg circle").count()).toBeGreaterThan(20);
  expect(await page.locator(".benchmark-results details tbody tr").count()).toBeGreaterThan(20);
  expect(requests.filter(isLayers)).toEqual([]); // a rival is loaded when it is chosen
  expect(await failures(page)).toEqual([]);
  expect(errors).toEqual([]);
  await visited.close();
}, 300_000);

test("Stop ends a run at once, whatever it is at, and another can begin", async () => {
  const visited = await visit("/benchmark");
  const {page, requests} = visited;
  await choose(visited, ["stock tf.layers"], "100");
  await press(visited, "Run");
  await expect.poll(() => status(visited).textContent(), {timeout: 60_000}).toMatch(/^First steps of stock tf\.layers/);
  await expect.poll(() => requests.filter(isLayers).length, {timeout: 60_000}).toBe(1);
  expect(page.workers()).toHaveLength(1);
  await press(visited, "Stop");
  await expect.poll(() => status(visited).textContent()).toBe("Stopped before the first round.");
  await expect.poll(() => page.workers().length, {timeout: 60_000}).toBe(0); // it may be in the middle of a shader
  expect(await page.getByRole("button", {name: "Run", exact: true}).isEnabled()).toBe(true);
  expect(await page.getByRole("button", {name: "Stop", exact: true}).isEnabled()).toBe(false);
  await visited.close();
}, 200_000);

test("wrong options are told in a sentence, and nothing starts", async () => {
  const visited = await visit("/benchmark");
  await choose(visited, ["ours, eager"], "0");
  await press(visited, "Run");
  expect(await status(visited).textContent()).toBe("The number of rounds is a whole number from 1 to 1000, not 0.");
  await choose(visited, [], "3");
  await press(visited, "Run");
  expect(await status(visited).textContent()).toBe("Choose at least one contender.");
  expect(visited.page.workers()).toHaveLength(0);
  await visited.close();
});

test("without WebGPU the page says so and offers no run", async () => {
  const visited = await visit("/benchmark", {
    prepare: async (context) => void (await context.addInitScript("delete Navigator.prototype.gpu"))
  });
  expect(await status(visited).textContent()).toMatch(/^This browser has no WebGPU, so there is nothing to measure/);
  expect(await visited.page.getByRole("button", {name: "Run", exact: true}).isEnabled()).toBe(false);
  expect(await failures(visited.page)).toEqual([]);
  await visited.close();
});
