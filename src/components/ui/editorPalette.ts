import {type Command, keyNames} from "./editorCommands.js";
import {element} from "./element.js";

/** Lists the commands with their keys; typing narrows the list, Enter runs the chosen one. */
export function openPalette(commands: Command[], run: (command: Command) => void): void {
  const input = element("input", {
    ...{type: "search", role: "combobox", placeholder: "Command", "aria-label": "Command"},
    ...{"aria-expanded": "true", "aria-controls": "edit-commands"}
  });
  const list = element("ul", {id: "edit-commands", role: "listbox", "aria-label": "Commands"});
  const dialog = element("dialog", {class: "editor-palette", "aria-label": "Commands"}, input, list);
  let shown = commands;
  let chosen = 0;

  const draw = () => {
    const options = shown.map(({name, keys}, i) => {
      const key = element("kbd", {}, keyNames(keys));
      const option = element("li", {role: "option", id: `edit-command-${i}`, "aria-selected": i === chosen}, name, key);
      option.setAttribute("aria-selected", String(i === chosen));
      option.addEventListener("click", () => choose(shown[i]));
      return option;
    });
    list.replaceChildren(...options);
    input.setAttribute("aria-activedescendant", shown.length ? `edit-command-${chosen}` : "");
    options[chosen]?.scrollIntoView({block: "nearest"});
  };
  const choose = (command: Command | undefined) => {
    dialog.close();
    if (command) run(command);
  };
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/);
    shown = commands.filter(({name}) => words.every((word) => name.toLowerCase().includes(word)));
    chosen = 0;
    draw();
  });
  input.addEventListener("keydown", (event) => {
    const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (by) chosen = Math.min(Math.max(chosen + by, 0), shown.length - 1);
    else if (event.key === "Enter") choose(shown[chosen]);
    else return;
    event.preventDefault();
    event.stopPropagation();
    draw();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  draw();
  dialog.showModal();
}
