/** How the editor and its button look; added to the page with them. */
export const editorStyle = `
.edit-button { position: absolute; z-index: 20; font: 12px/1.4 var(--sans-serif); padding: 2px 8px; cursor: pointer;
  color: var(--theme-foreground); background: var(--theme-background); border: 1px solid var(--theme-foreground-fainter);
  border-radius: 4px; }
.edit-button:focus-visible { outline: 2px solid var(--theme-foreground-focus); }
main [data-block]:focus { outline: 2px solid var(--theme-foreground-focus); outline-offset: 4px; }
.edit-place[hidden] { display: block; font: 12px/1.4 var(--sans-serif); color: var(--theme-foreground-muted); }
@media (hover: hover) { .edit-place:not(:hover, :focus) { opacity: 0; } }
.edit-place::before { content: "HTML without a visible part"; }
.edit-references::before { content: "link references"; }
.editor { position: absolute; z-index: 21; box-sizing: border-box; font: 13px/1.4 var(--sans-serif);
  color: var(--theme-foreground); background: var(--theme-background); border: 1px solid var(--theme-foreground-focus);
  border-radius: 4px; box-shadow: 0 2px 8px #0003; }
.editor-docked { position: fixed; left: 1rem !important; right: 1rem; bottom: 1rem; top: auto !important;
  width: auto !important; max-height: 60vh; overflow: auto; }
.editor-bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 4px 8px; }
.editor-bar button { font: inherit; padding: 2px 8px; }
.editor-name { flex: 1; color: var(--theme-foreground-muted); }
.editor-notice { margin: 0; padding: 8px 12px; }
.editor-palette { font: 14px/1.5 var(--sans-serif); color: var(--theme-foreground); background: var(--theme-background);
  width: min(32rem, 90vw); border: 1px solid var(--theme-foreground-focus); border-radius: 4px; padding: 8px; }
.editor-palette input { width: 100%; box-sizing: border-box; font: inherit; }
.editor-palette ul { list-style: none; margin: 8px 0 0; padding: 0; max-height: 50vh; overflow: auto; }
.editor-palette li { display: flex; justify-content: space-between; max-width: none; padding: 2px 8px; cursor: pointer; }
.editor-palette li[aria-selected=true] { background: var(--tint-result); }
.editor-message { margin: 0; padding: 0 8px 4px; white-space: pre-wrap; }
.editor-message:empty { display: none; }
.editor-message[data-state=failed] { color: var(--fail); }
.editor-elsewhere { margin: 0; padding: 0 8px 4px 24px; max-height: 8rem; overflow: auto; color: var(--fail); }
.editor-elsewhere:empty { display: none; }
.editor-left { padding: 8px; }
.editor-left h2 { font: 600 14px/1.4 var(--sans-serif); margin: 0 0 8px; max-width: none; }
.editor-left h3 { font: 13px/1.4 var(--sans-serif); margin: 8px; max-width: none; color: inherit; }
.editor-sides { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.editor-sides pre { margin: 0; max-height: 12rem; overflow: auto; padding: 8px; white-space: pre-wrap; max-width: none; }
.editor-theirs { margin: 0 8px 8px; max-height: 30vh; overflow: auto; padding: 8px; background: var(--tint-warn); }
.editor-fault { text-decoration: underline wavy var(--fail); }
.editor-explanation { max-width: 36rem; padding: 4px 8px; font: 12px/1.4 var(--sans-serif); white-space: pre-wrap; }
.editor-explanation code { font: 12px/1.4 var(--monospace); }
.editor-explanation p { margin: 4px 0 0; }
.editor .cm-editor { max-height: 60vh; }
.editor .cm-scroller { font: var(--monospace-font); overflow: auto; }
`;
