import {element} from "./element.js";

/** What the worker runs on, in the words of `useBackend`. */
export interface Report {
  name: string;
  /** Why this one, in one sentence. */
  reason: string;
}

const names: Record<string, string> = {auto: "automatic", webgpu: "WebGPU", wasm: "wasm", cpu: "cpu"};

/** The backend that a page's address asks for: `?backend=webgpu`, `wasm` or `cpu`; `auto` where it names none. */
export function requestedBackend(search: string): {request: string; message: string} {
  const asked = new URLSearchParams(search).get("backend") ?? "auto";
  if (asked in names) return {request: asked, message: ""};
  return {request: "auto", message: `Backend "${asked}" is none of webgpu, wasm, cpu: chosen automatically.`};
}

/** The same search parameters asking for another backend. */
export function withBackend(search: string, request: string): string {
  const parameters = new URLSearchParams(search);
  if (request === "auto") parameters.delete("backend");
  else parameters.set("backend", request);
  return parameters.size ? `?${parameters}` : "";
}

/**
 * Which backend computes and why, and a choice of another: it goes into the address, and the page is loaded again.
 * The badge starts no worker; until `report` tells it what the worker found it shows what the address asks for.
 */
export function backendBadge(): HTMLElement & {report(found: Report): void} {
  const {request, message} = requestedBackend(location.search);
  const name = element("strong", {class: "backend-badge-name"}, request === "auto" ? "Backend" : names[request]);
  const waiting = request === "auto" ? "Chosen when training starts." : "Asked for; it starts with the first training.";
  const reason = element("span", {class: "backend-badge-reason"}, message || waiting);
  const root = element("div", {class: "backend-badge"}, name, reason, choice(request));
  return Object.assign(root, {
    report(found: Report) {
      root.dataset.backend = found.name;
      name.textContent = names[found.name] ?? found.name;
      const why = found.reason.replace(`${found.name}: `, ""); // the name stands before it already
      reason.textContent = `${why[0].toUpperCase()}${why.slice(1)}.`;
    }
  });
}

/** A closed list that loads the page at every arrow key would be a trap: the choice is made by a button. */
function choice(request: string): HTMLElement {
  const options = Object.entries(names).map(([value, text]) => new Option(text, value, false, value === request));
  const select = element("select", {"aria-label": "Backend for this page"}, ...options);
  const reload = element("button", {type: "submit", hidden: true}, "Reload with it");
  const form = element("form", {}, select, reload);
  select.addEventListener("change", () => (reload.hidden = select.value === request));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (select.value !== request) location.search = withBackend(location.search, select.value);
  });
  return form;
}
