import {spawnSync} from "node:child_process";
import {existsSync} from "node:fs";
import {delimiter, join} from "node:path";
import {chromium, type Browser} from "playwright-core";

/** Quiet, without a sandbox (a container has none to give), and with a WebGPU adapter in software. */
export const flags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader"
];

/** Refuses every connection but those to this machine: the proxy does not exist. */
export const offline = ["--proxy-server=127.0.0.1:9", "--proxy-bypass-list=127.0.0.1"];

/** A Chromium on this machine, or undefined: CHROME_PATH, one on the path, an installed one of Playwright. */
export function findChromium(): string | undefined {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH: expected a browser, got no file at ${named}`);
  return [named, ...onPath(), ...known, chromium.executablePath()].find((path) => path && existsSync(path));
}

/** Chromium's path; installs one where there is none. @throws Error that says what to do when nothing works. */
export function provideChromium(): string {
  const found = findChromium();
  if (found) return found;
  for (const [command, ...args] of installers()) {
    console.log(`No Chromium found: ${[command, ...args].join(" ")}`);
    const env = {...process.env, DEBIAN_FRONTEND: "noninteractive"};
    const {status} = spawnSync(command, args, {stdio: ["ignore", "inherit", "inherit"], env});
    const installed = status === 0 ? findChromium() : undefined;
    if (installed) return installed;
  }
  throw new Error(
    "The browser tests need Chromium and none could be installed: install Chromium or Chrome, " +
      "or name one with CHROME_PATH=/path/to/chromium, and run npm test again."
  );
}

/** A headless Chromium. */
export function launch(executablePath: string, more: string[] = []): Promise<Browser> {
  return chromium.launch({executablePath, args: [...flags, ...more]});
}

const known = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe"
];

function onPath(): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function installers(): string[][] {
  const root = process.platform === "linux" && process.getuid?.() === 0;
  const apt = root && onPathAs("apt-get") ? [["sh", "-c", "apt-get update && apt-get install -y chromium"]] : [];
  return [...apt, [process.execPath, "node_modules/playwright-core/cli.js", "install", "chromium"]];
}

function onPathAs(name: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
}
