import {HighlightStyle, syntaxHighlighting} from "@codemirror/language";
import {EditorView} from "@codemirror/view";
import {tags} from "@lezer/highlight";

const colour = (name: string) => ({color: `var(--syntax-${name})`});

const highlighting = HighlightStyle.define([
  {tag: [tags.keyword, tags.operatorKeyword, tags.modifier], ...colour("keyword")},
  {tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], ...colour("entity")},
  {tag: [tags.number, tags.bool, tags.null, tags.atom, tags.processingInstruction], ...colour("constant")},
  {tag: [tags.string, tags.regexp, tags.monospace], ...colour("string")},
  {tag: [tags.typeName, tags.className], ...colour("variable")},
  {tag: tags.comment, ...colour("comment"), fontStyle: "italic"},
  {tag: tags.heading, ...colour("markup-heading"), fontWeight: "bold"},
  {tag: tags.list, ...colour("markup-list")},
  {tag: tags.emphasis, fontStyle: "italic"},
  {tag: tags.strong, fontWeight: "bold"},
  {tag: [tags.link, tags.url], ...colour("entity"), textDecoration: "underline"},
  {tag: tags.invalid, color: "var(--fail)"}
]);

/** The page's own colours, light and dark. */
export const pageTheme = [
  syntaxHighlighting(highlighting),
  EditorView.theme({
    "&": {color: "var(--theme-foreground)", backgroundColor: "var(--theme-background)"},
    "&.cm-focused": {outline: "none"},
    ".cm-cursor": {borderLeftColor: "var(--theme-foreground)"},
    ".cm-gutters": {color: "var(--theme-foreground-faint)", backgroundColor: "var(--theme-background-alt)", border: 0},
    ".cm-activeLine, .cm-activeLineGutter": {
      backgroundColor: "color-mix(in srgb, var(--theme-foreground) 5%, transparent)"
    },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "color-mix(in srgb, var(--theme-foreground-focus) 25%, transparent)"
    },
    ".cm-panels": {color: "var(--theme-foreground)", backgroundColor: "var(--theme-background-alt)"},
    ".cm-tooltip": {color: "var(--theme-foreground)", backgroundColor: "var(--theme-background)"}
  })
];
