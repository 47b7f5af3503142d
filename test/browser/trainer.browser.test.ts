import {readFileSync, writeFileSync} from "node:fs";
import {mkdtemp} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {StepRecord} from "../../src/components/train/protocol.js";
import {meanLoss, openPanel, openSmallPanel, reloadSmallPanel, type Panel} from "./panel.js";
import {settled} from "./visit.js";

const losses = (points: StepRecord[]) => points.map(({step, metrics}) => [step, metrics.loss]);
const isTfjs = (url: string) => url.includes("/@tensorflow/");

describe("a run of the first notebook", () => {
  let panel: Panel;
  let curve: number[][];
  beforeAll(async () => void (panel = await openSmallPanel()));
  afterAll(() => panel.close());

  test("begins only at the press of Train; until then there is no tfjs", async () => {
    await panel.setTo("seed", "7");
    await panel.page.waitForTimeout(500);
    expect(await panel.state()).toMatchObject({status: "idle", ran: null, stale: false});
    expect(panel.requests.filter(isTfjs)).toEqual([]);
  });

  test("holds its step while paused, ignores moved inputs but marks the result stale, and goes on", async () => {
    await panel.press("Train");
    await panel.until(({points}) => points.length >= 3);
    await panel.press("Pause");
    const {progress, spec} = await panel.until(({status}) => status === "paused");
    await panel.setTo("rate", "0.1");
    await panel.page.waitForTimeout(1500);
    const held = await panel.state();
    expect(held).toMatchObject({status: "paused", stale: true, spec});
    expect(held.progress.step).toBe(progress.step);
    expect(held.points.length).toBe(progress.step);
    expect(await panel.page.locator(".trainer-stale").textContent()).toContain("rate 0.05");
    await panel.press("Resume");
    expect(await panel.until(({status}) => status === "running")).toMatchObject({stale: true, spec});
    await panel.setTo("rate", "0.05");
    expect((await panel.state()).stale).toBe(false);
  });

  // Chromium without a window hides no tab, so the page is told that it is hidden and given no frames, as in one.
  test("trains on while its tab is hidden and draws no frame", async () => {
    await panel.page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
      Object.assign(globalThis, {shown: globalThis.requestAnimationFrame, requestAnimationFrame: () => 0});
      document.dispatchEvent(new Event("visibilitychange"));
    });
    const {progress} = await panel.state();
    await panel.untilStep(progress.step + 4);
    await panel.page.evaluate(() => {
      Object.assign(globalThis, {requestAnimationFrame: (globalThis as never as {shown: unknown}).shown});
      Reflect.deleteProperty(document, "visibilityState");
    });
  });

  test("ends with a lower loss and no tensor left", async () => {
    const done = await panel.until(({status, progress}) => status === "done" && progress.bytes === 0, 120_000);
    curve = losses(done.points);
    expect(done.points.map(({step}) => step)).toEqual(Array.from({length: 24}, (_, i) => i + 1));
    expect(done.epochs.map(({epoch}) => epoch)).toEqual(Array.from({length: 12}, (_, i) => i + 1));
    expect(meanLoss(done.points.slice(-8))).toBeLessThan(meanLoss(done.points.slice(0, 8)) - 0.05);
    expect(done.progress.tensors).toBe(0);
    expect(await panel.tensors()).toBe(0);
    const chart = panel.page.locator(".trainer-chart").getByRole("img");
    await expect
      .poll(() => chart.getAttribute("aria-label"))
      .toMatch(/training loss from .* at epoch 12; .*test loss from/);
    expect(panel.errors).toEqual([]);
  });

  test("keeps every task of the main thread below 200 ms while it trains", async () => {
    expect((await panel.longTasks()).filter((duration) => duration > 200)).toEqual([]);
  });

  test("once more with the same seed: stopped, reloaded and resumed it draws the same curve, bit for bit", async () => {
    await panel.press("Train");
    await panel.until(({points}) => points.length >= 8);
    const asked = await panel.stop();
    const {progress} = await panel.until(({status}) => status === "stopped");
    // Two steps are in flight beside the one that is computed while the click is on its way.
    expect(progress.step - asked).toBeLessThanOrEqual(3);
    const epoch = Number((progress.step / 2).toFixed(1)); // two steps make an epoch

    const before = panel.requests.length;
    await reloadSmallPanel(panel);
    expect(await panel.state()).toMatchObject({status: "idle", points: []});
    const row = panel.page.locator(".trainer-checkpoints li").filter({hasText: `Resume from epoch ${epoch}`});
    expect(await row.textContent()).toContain("width 8");
    expect(panel.requests.slice(before).filter(isTfjs)).toEqual([]); // offered without starting anything

    await panel.setTo("seed", "8");
    await row.getByRole("button", {name: "Resume"}).click();
    const done = await panel.until(({status, progress}) => status === "done" && progress.bytes === 0, 120_000);
    expect(done).toMatchObject({stale: false, values: {seed: 7, width: 8}});
    expect(await panel.page.locator('trainer-panel [name="seed"]').inputValue()).toBe("7");
    expect(losses(done.points)).toEqual(curve);
    expect(done.epochs.map(({epoch}) => epoch)).toEqual(Array.from({length: 12}, (_, i) => i + 1));
  });

  test("a checkpoint leaves as a file with its configuration and comes back from it; a wrong file changes nothing", async () => {
    const {page} = panel;
    const list = page.locator(".trainer-checkpoints li");
    const folder = await mkdtemp(join(tmpdir(), "checkpoint-"));
    const [download] = await Promise.all([page.waitForEvent("download"), list.first().getByText("Export").click()]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    expect(download.suggestedFilename()).toBe("resnet-epoch-12-seed-7.safetensors");
    const header = headerOf(readFileSync(file));
    expect(JSON.parse(header.__metadata__.spec)).toMatchObject({seed: 7, config: {width: 8, depth: 18}});
    expect(header["conv1.weight"]).toMatchObject({dtype: "F32", shape: [8, 3, 3, 3]}); // as torchvision has it

    const count = await list.count();
    await list.first().getByText("Forget").click();
    await expect.poll(() => list.count()).toBe(count - 1);

    const chosen = page.locator('.trainer-import input[type="file"]');
    const wrong = join(folder, "notes.safetensors");
    writeFileSync(wrong, "These are notes, not tensors.");
    await chosen.setInputFiles(wrong);
    const alert = page.locator("trainer-panel [role=alert]");
    await expect.poll(() => alert.textContent()).not.toBe("");
    expect(await list.count()).toBe(count - 1);
    expect((await panel.state()).status).toBe("done");

    await chosen.setInputFiles(file);
    await expect.poll(() => list.count()).toBe(count);
    await panel.setTo("width", "16");
    await list.first().getByRole("button", {name: "Show the result of epoch 12"}).click();
    const shown = await panel.until(({status, progress}) => status === "done" && progress.bytes === 0);
    expect(shown).toMatchObject({stale: false, values: {width: 8, seed: 7}});
    expect(shown.key).not.toBeNull();
    expect(await panel.tensors()).toBe(0);
  });

  test("a rate far too high ends the run in words that say what to try, with the last good state on offer", async () => {
    const {page} = panel;
    await panel.setTo("rate", "1000000");
    await panel.press("Train");
    const failed = await panel.until(({status}) => status === "failed");
    expect(failed.message).toMatch(/^The .* (NaN|Infinity|finite).*: try a lower rate/);
    expect(await page.locator("trainer-panel [role=alert]").textContent()).toBe(failed.message);
    expect(failed.points.every(({metrics}) => Number.isFinite(metrics.loss))).toBe(true);
    const offered = page.locator(`.trainer-checkpoints li[data-key="${failed.key}"]`);
    expect(await offered.textContent()).toContain("rate 1000000");
    expect(await panel.tensors()).toBe(0);
    await panel.setTo("rate", "0.05");
    expect(await page.locator("trainer-panel [role=alert]").textContent()).toBe(failed.message); // read while trying it
    await offered.getByRole("button", {name: /^Resume .* 500000 instead of 1000000$/}).click();
    const again = await panel.until(({status}) => status === "failed");
    expect(again).toMatchObject({key: failed.key, values: {rate: 500000}, spec: {schedule: {rate: 500000}}});
    expect(again.points.slice(0, failed.keyStep)).toEqual(failed.points.slice(0, failed.keyStep));
  });

  test("a panel that is taken out of its page, as by a cell that runs again, ends its run and frees its tensors", async () => {
    await panel.press("Train");
    await panel.until(({points}) => points.length >= 2);
    await panel.page.evaluate(() => document.querySelector("trainer-panel")!.remove());
    await expect.poll(() => panel.tensors(), {timeout: 20_000}).toBe(0);
    expect(panel.errors).toEqual([]);
  });
});

test("by keyboard at 380 px: focus and buttons stay where they are through Train, Pause, Resume and Stop", async () => {
  const panel = await openPanel({images: 500}, {viewport: {width: 380, height: 800}});
  const {page} = panel;
  const buttons = page.locator(".trainer-actions button");
  const places = () =>
    buttons.evaluateAll((list) =>
      list.map((node) => [(node as HTMLElement).offsetLeft, (node as HTMLElement).offsetWidth])
    );
  const focused = () => page.evaluate(() => document.activeElement!.textContent);
  const before = await places();
  await buttons.first().focus();
  await page.keyboard.press("Enter");
  await panel.until(({status}) => status === "running");
  expect(await focused()).toBe("Train");
  await page.keyboard.press("Enter"); // Train is off while a run goes on
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await panel.until(({status}) => status === "paused");
  expect(await focused()).toBe("Resume");
  await page.keyboard.press("Space");
  await panel.until(({status}) => status === "running");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await panel.until(({status}) => status === "stopped");
  expect(await focused()).toBe("Stop");
  expect(await places()).toEqual(before);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(380);
  await panel.close();
});

test("the address holds the inputs; what it cannot mean is refused in one sentence", async () => {
  const panel = await openPanel({width: 17, depth: 10, seed: -1, epochs: 5});
  expect((await panel.state()).values).toMatchObject({depth: 10, epochs: 5});
  const alert = panel.page.locator("trainer-panel [role=alert]");
  expect(await alert.textContent()).toMatch(
    /^In this page's address, width: expected .*, got "17".*; seed: .*, so \d+ is used\.$/
  );
  await panel.setTo("seed", "12");
  await panel.setTo("epochs", "0"); // refused: the last good entry stays
  expect(await alert.textContent()).toMatch(/^epochs: expected a number from .*, got "0"; 5 stays\.$/);
  const asked = new URL(panel.page.url()).searchParams;
  expect([asked.get("resnet.seed"), asked.get("resnet.epochs"), asked.get("backend")]).toEqual(["12", "5", "wasm"]);
  await panel.page.reload();
  await settled(panel.page);
  expect((await panel.state()).values).toMatchObject({seed: 12, depth: 10});
  await panel.close();
});

test("the backend badge starts nothing, says what is asked for, and asks for another by loading the page again", async () => {
  const panel = await openPanel({});
  const badge = panel.page.locator(".backend-badge");
  expect(await badge.innerText()).toContain("Asked for");
  const select = badge.getByRole("combobox");
  await select.selectOption("cpu");
  expect(new URL(panel.page.url()).searchParams.get("backend")).toBe("wasm"); // a choice alone loads nothing
  await Promise.all([panel.page.waitForEvent("load"), badge.getByRole("button").click()]);
  await settled(panel.page);
  expect(new URL(panel.page.url()).searchParams.get("backend")).toBe("cpu");
  expect(await badge.locator("strong").textContent()).toBe("cpu");
  expect(panel.requests.filter(isTfjs)).toEqual([]);
  await panel.close();
});

/** The JSON that a safetensors file begins with. */
function headerOf(file: Buffer) {
  const length = Number(file.readBigUInt64LE(0));
  return JSON.parse(file.subarray(8, 8 + length).toString()) as Record<string, {dtype: string; shape: number[]}> & {
    __metadata__: Record<string, string>;
  };
}
