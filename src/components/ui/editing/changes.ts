import {blockElement} from "../editorAnchor.js";
import {defineCell} from "./define.js";
import type {Prepared} from "./prepare.js";
import {type PageRuntime, suspend, type Suspended, type Variable} from "./runtime.js";

/** A block that is shown with another text than the published one. */
interface Changed {
  original: HTMLElement;
  suspended: Suspended;
  element: HTMLElement;
  variables: Variable[];
}

/** The blocks of the page that are shown with other texts. */
export interface Changes {
  /** Puts a prepared block in the place of what is shown; its cells run, and what depends on them. */
  show(id: string, prepared: Prepared): void;
  /** Puts the published block back. */
  reset(id: string): void;
}

/** Changes blocks of a page in its runtime. Nothing else is touched, so nothing else runs. */
export function changesOf(runtime: PageRuntime): Changes {
  const changed = new Map<string, Changed>();

  function leave({variables}: Changed): void {
    for (const variable of variables.toReversed()) variable.delete();
  }

  return {
    show(id, {element, cells}) {
      element.dataset.block = id;
      element.dataset.edited = "";
      const before = changed.get(id);
      const shown = before?.element ?? blockElement(id);
      if (!shown) throw new Error(`changes: expected a block ${id} on the page, got none`);
      if (before) leave(before);
      const original = before?.original ?? shown;
      const suspended = before?.suspended ?? suspend(runtime, original);
      shown.replaceWith(element);
      const variables = cells.flatMap(({root, cell}) => defineCell(runtime, root, cell));
      changed.set(id, {original, suspended, element, variables});
    },
    reset(id) {
      const state = changed.get(id);
      if (!state) return;
      leave(state);
      state.element.replaceWith(state.original);
      state.suspended.restore();
      changed.delete(id);
    }
  };
}
