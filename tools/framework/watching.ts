import {LoaderResolver} from "@observablehq/framework/dist/loader.js";

/**
 * Makes Framework look at a page again as soon as it watches it. It reads the page and the files that the page names,
 * and only then begins to watch them, with the page itself last; after each update it watches the files anew. An edit in
 * between would not be shown, not even later. Where nothing has changed, looking costs one rendering and sends nothing.
 */
export function lookWhenWatching(): void {
  const {watchFiles} = LoaderResolver.prototype;
  LoaderResolver.prototype.watchFiles = async function (path, names, changed) {
    const watchers = await watchFiles.call(this, path, names, changed);
    setImmediate(changed, ""); // by then Framework has these watchers, and after a greeting the page's
    return watchers;
  };
}
