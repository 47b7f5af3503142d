import {execFile} from "node:child_process";
import {mkdtemp, rm} from "node:fs/promises";
import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {promisify} from "node:util";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {siteListener} from "../../tools/site/server.js";
import {meanLoss, openPanel, type Panel} from "./panel.js";
import {settled} from "./visit.js";

const archive = process.env.CIFAR10_ARCHIVE;
if (!archive) console.log("CIFAR10_ARCHIVE is not set, so training on real CIFAR-10 images is not run.");

/** 25 steps an epoch, 75 in all. */
const asked = {
  ...{data: "cifar10", images: 500, testImages: 500},
  ...{width: 8, depth: 18, smoothing: 0, augment: "off"},
  ...{batch: 20, epochs: 3, rate: 0.05}
};

describe.skipIf(!archive)("the first notebook on CIFAR-10, from the archive to the checkpoint", () => {
  let folder: string;
  let server: Server;
  let panel: Panel;

  /** Runs a command of the project with the data cache in a folder of its own. */
  const run = (tool: string, ...options: string[]) =>
    promisify(execFile)(process.execPath, [resolve("node_modules/tsx/dist/cli.mjs"), `tools/${tool}.ts`, ...options], {
      env: {...process.env, DATA_DIR: join(folder, "data")}
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cifar10-"));
    await run("data", "cifar10", "--from", resolve(archive!), "--unofficial");
    await run("build", "--no-check", "--out", join(folder, "site"));
    server = createServer(siteListener(join(folder, "site")));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    panel = await openPanel(asked, {site});
  }, 300_000);

  afterAll(async () => {
    await panel?.close();
    server?.closeAllConnections();
    server?.close();
    await rm(folder, {recursive: true, force: true});
  });

  test("a narrow ResNet-18 learns: the loss falls and the data is named as what it is", async () => {
    expect((await panel.state()).values).toMatchObject(asked); // the panel would begin with its own where it refused one
    await panel.press("Train");
    const {points, note, spec} = await panel.untilStep(45);
    expect(spec!.config).toMatchObject({data: "cifar10", depth: 18, width: 8});
    expect(points[0].metrics.loss).toBeGreaterThan(Math.log(10) - 0.3); // it begins knowing nothing
    expect(meanLoss(points.slice(-15))).toBeLessThan(meanLoss(points.slice(0, 15)) - 0.05);
    expect(note).not.toBe(""); // the archive was accepted without the official digest
    expect(await panel.page.locator(".trainer-notice").textContent()).toContain(note);
  });

  test("Stop stops, and no tensor is left", async () => {
    const asked = await panel.stop();
    const {progress} = await panel.until(({status}) => status === "stopped");
    expect(progress.step - asked).toBeLessThanOrEqual(4);
    expect(await panel.tensors()).toBe(0);
    expect(panel.errors).toEqual([]);
  });

  test("a reload offers the checkpoint, and resuming goes on from its step", async () => {
    const {progress} = await panel.state();
    await panel.page.reload();
    await settled(panel.page);
    expect((await panel.state()).status).toBe("idle");
    await panel.page
      .locator(".trainer-checkpoints")
      .getByRole("button", {name: /^Resume from epoch/})
      .click();
    const {points} = await panel.untilStep(progress.step + 2);
    expect(points.map(({step}) => step)).toEqual(points.map((_, i) => i + 1)); // the history, and on without a gap
    expect(points.length).toBeGreaterThan(progress.step);
    await panel.press("Stop");
    await panel.until(({status}) => status === "stopped");
    expect(await panel.tensors()).toBe(0);
    expect(panel.outside).toEqual([]);
  });
});
