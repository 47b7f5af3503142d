import {type Extension, StateEffect} from "@codemirror/state";
import {keymap} from "@codemirror/view";

export {openEditor} from "../../../src/components/ui/editor.js";

type Search = typeof import("../../../src/components/ui/editorSearch.js");

/** Search in the open editor, loaded when it is first asked for. */
export function searchLater(load: () => Promise<Search>): Extension {
  const key = {
    key: "Mod-f",
    run: (view: Parameters<Search["openSearchPanel"]>[0]) => {
      load().then(({openSearchPanel, searching}) => {
        view.dispatch({effects: StateEffect.appendConfig.of(searching)});
        openSearchPanel(view);
      });
      return true;
    }
  };
  return keymap.of([key]);
}
