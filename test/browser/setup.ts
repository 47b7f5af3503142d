import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import type {TestProject} from "vitest/node";
import {buildSite} from "../../tools/site/build.js";
import {siteListener} from "../../tools/site/server.js";
import startChromium from "./chromium.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The built site: its folder, and where it is served. */
    folder: string;
    site: string;
    /** The same build below a base path, on a host that sends no headers of its own. */
    hosted: string;
    /** The browser that all tests share. */
    browser: string;
  }
}

const base = "/some/base/";

/** Builds the site (or takes SITE_DIR), serves it twice and starts one Chromium that can reach nothing else. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = process.env.SITE_DIR ?? ".cache/test-site";
  if (!process.env.SITE_DIR) await buildSite(folder);
  const servers = [
    await listen(createServer(siteListener(folder))),
    await listen(createServer(siteListener(folder, {base, isolated: false})))
  ];
  const stopChromium = await startChromium(project);
  project.provide("folder", folder);
  project.provide("site", originOf(servers[0]));
  project.provide("hosted", originOf(servers[1]) + base.slice(0, -1));
  return async () => {
    await stopChromium();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
}

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
