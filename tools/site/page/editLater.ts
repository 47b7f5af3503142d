/**
 * The editor of a published page, before it is one: a button in the header. The editor is loaded when the reader presses
 * it (or Alt-E), keeps changes of this page in the browser, or comes by a link that carries some; nothing is loaded
 * before.
 */
const script = document.currentScript as HTMLScriptElement;
const root = new URL(script.dataset.root!, document.baseURI);
const prefix = `edit:${root.pathname}${script.dataset.file}:`;
let started: Promise<void> | undefined;

function keepsChanges(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(prefix));
  } catch {
    return false; // storage is forbidden
  }
}

const button = () => document.querySelector<HTMLButtonElement>("[data-edit-page]");

function start(): Promise<void> {
  const page = {root, source: script.dataset.source!};
  started ??= import(new URL("assets/edit/start.js", root).href).then((editor) => editor.start(page));
  started.then(
    () => button()?.setAttribute("aria-pressed", "true"),
    () => {
      started = undefined; // the next press tries again
      say("The editor could not be loaded: try again when the site can be reached.");
    }
  );
  return started;
}

function say(text: string): void {
  const said = document.querySelector(".edit-problem") ?? document.createElement("p");
  said.className = "edit-problem";
  said.setAttribute("role", "alert");
  said.textContent = text;
  button()?.before(said);
}

const wanted = () => keepsChanges() || location.hash.startsWith("#edits=");

addEventListener("DOMContentLoaded", () => {
  const own = button();
  if (own) own.hidden = false;
  if (wanted()) start();
});
addEventListener("hashchange", () => wanted() && start());
addEventListener("keydown", ({altKey, code}) => altKey && code === "KeyE" && start());
document.addEventListener(
  "click",
  ({target}) => target instanceof Element && target.closest("[data-edit-page]") && start()
);

export {};
