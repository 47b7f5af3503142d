import {chmodSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {findChromium} from "../../tools/browser.js";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "browser-"))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, {recursive: true});
});

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, 0o755);
  return path;
}

test("CHROME_PATH is taken before any other", () => {
  program("chromium");
  const mine = program("my-browser");
  vi.stubEnv("PATH", folder);
  vi.stubEnv("CHROME_PATH", mine);
  expect(findChromium()).toBe(mine);
});

test("a CHROME_PATH that names nothing is an error, not a reason to take another browser", () => {
  vi.stubEnv("CHROME_PATH", join(folder, "none"));
  expect(() => findChromium()).toThrow(`CHROME_PATH: expected a browser, got no file at ${join(folder, "none")}`);
});

test("chromium on the path comes before google-chrome", () => {
  vi.stubEnv("CHROME_PATH", "");
  vi.stubEnv("PATH", folder);
  const chrome = program("google-chrome");
  expect(findChromium()).toBe(chrome);
  const chromium = program("chromium");
  expect(findChromium()).toBe(chromium);
});
