import {type Extension, StateEffect, StateField} from "@codemirror/state";
import {Decoration, type DecorationSet, EditorView} from "@codemirror/view";

const setFault = StateEffect.define<number | null>();
const mark = Decoration.mark({class: "editor-fault", attributes: {title: "Here"}});

/** Underlines the place of a fault until the text changes. */
export const faultMark: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, {docChanged, effects, newDoc}) {
    const effect = effects.find((effect) => effect.is(setFault));
    if (!effect) return docChanged ? Decoration.none : marks;
    const from = Math.min(effect.value as number, Math.max(0, newDoc.length - 1));
    return newDoc.length ? Decoration.set(mark.range(from, from + 1)) : Decoration.none;
  },
  provide: (field) => EditorView.decorations.from(field)
});

/** Marks a fault in the text and puts the cursor there. */
export function markFault(view: EditorView, offset: number): void {
  const at = Math.min(offset, view.state.doc.length);
  view.dispatch({effects: setFault.of(at), selection: {anchor: at}, scrollIntoView: true});
}
