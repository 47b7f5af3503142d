import {LoaderResolver} from "@observablehq/framework/dist/loader.js";

/**
 * Makes Framework look at a page again as soon as it watches it. It greets a page that has just been opened, goes
 * through the files that the page names, and watches the page itself last: an edit in between would not be shown.
 * Where nothing has changed, looking costs one reading of the page and sends nothing.
 */
export function lookWhenWatching(): void {
  const watchPage = LoaderResolver.prototype.watchPage;
  LoaderResolver.prototype.watchPage = function (path, changed) {
    const watcher = watchPage.call(this, path, changed);
    setImmediate(changed, "change");
    return watcher;
  };
}
