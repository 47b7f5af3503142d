import {type ShownPage, startReading} from "../../../src/components/ui/editing/start.js";

/** The editor of a published page, which its small script loads when the reader asks for it or has changes kept. */
export const start = (page: ShownPage): Promise<void> =>
  startReading(page, {
    compiler: () => import("./compiler.js"),
    types: () => import("../../../src/components/ui/editing/types.js"),
    formulas: () => import("../../math/render.js"),
    async prose(cells, numbers) {
      const {renderer, provide} = await import("./prose.js");
      if (cells) provide(await import("./compiler.js"));
      return renderer(numbers);
    },
    async editor(kind, {store}) {
      const [{openEditor, searchLater}, {language}] = await Promise.all([
        import("./editor.js"),
        kind === "cell" || kind === "listing" ? import("./languageOfCode.js") : import("./languageOfText.js")
      ]);
      const search = searchLater(() => import("../../../src/components/ui/editorSearch.js"));
      return {
        openEditor: (block, options) =>
          openEditor(block, {...options, store, language: [language(block.language), search]})
      };
    }
  });
