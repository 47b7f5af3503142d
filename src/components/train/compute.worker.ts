import {browserSource} from "../data/catalogue.js";
import {steadyBackend} from "../ops/backend.js";
import type {BackendRequest} from "../ops/backendChoice.js";
import {lossSoon} from "../ops/webgpu/health.js";
import {serve, type Port} from "./rpc.js";
import {service} from "./service.js";
import {browserStore} from "./store.js";

/** The compute worker: its name is the backend that its page asks for. */
const scope = self as unknown as Port & {name: string};

serve(
  scope,
  service({
    backend: steadyBackend(scope.name as BackendRequest),
    lost: lossSoon,
    load: importFromHere,
    compile,
    source: browserSource,
    store: browserStore()
  })
);

/** A module of a text that this page sent. */
async function compile(text: string): Promise<Record<string, unknown>> {
  const url = URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Code comes from this site or from this page, never from where an imported file may point. */
async function importFromHere(url: string): Promise<Record<string, unknown>> {
  if (new URL(url).origin !== location.origin) throw new Error(`compute: expected a module of this site, got ${url}`);
  return import(url);
}
