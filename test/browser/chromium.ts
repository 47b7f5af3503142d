import {chromium} from "playwright-core";
import type {TestProject} from "vitest/node";
import {flags, offline, provideChromium} from "../../tools/browser.js";

/** Starts one Chromium that can reach nothing but this machine; tests that need no built site need no more. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = await chromium.launchServer({executablePath: provideChromium(), args: [...flags, ...offline]});
  project.provide("browser", browser.wsEndpoint());
  return () => browser.close();
}
