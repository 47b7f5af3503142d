import {computeClient, type Compute, type Link} from "./client.js";
import {browserStore} from "./store.js";

export type {Compute, Run} from "./client.js";

let page: Compute | undefined;

/** The page's way to its compute worker, which starts with the first question and ends with the page. */
export function compute(): Compute {
  if (!page) {
    page = computeClient(startWorker, browserStore(), location.href);
    addEventListener("pagehide", page.terminate);
  }
  return page;
}

function startWorker(): Link {
  const asked = new URLSearchParams(location.search).get("backend") ?? "";
  const name = ["webgpu", "wasm", "cpu"].includes(asked) ? asked : "auto";
  const worker = new Worker(import.meta.resolve("./compute.worker.js"), {type: "module", name});
  return {
    port: worker as Link["port"],
    end: () => worker.terminate(),
    onCrash(tell) {
      worker.onerror = ({message}) => tell(message || "it could not be started");
      worker.onmessageerror = () => tell("a message could not be read");
    }
  };
}
