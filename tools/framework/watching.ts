import {AsyncLocalStorage} from "node:async_hooks";
import type {Duplex} from "node:stream";
import {LoaderResolver} from "@observablehq/framework/dist/loader.js";

type Watchers = Awaited<ReturnType<LoaderResolver["watchFiles"]>>;

/** A page in somebody's browser, which hears of changes through a socket. */
interface Reader {
  socket: Duplex;
  /** How often its files were watched anew. */
  begun: number;
  watchers: Watchers | null;
}

const readers = new AsyncLocalStorage<Reader>();

/** Lets `lookWhenWatching` know which reader something is watched for: all that the socket brings happens in its name. */
export function asReader(socket: Duplex): void {
  const reader: Reader = {socket, begun: 0, watchers: null};
  const {emit} = socket;
  socket.emit = (...event: Parameters<typeof emit>) => readers.run(reader, () => emit.apply(socket, event));
  socket.once("close", () => reader.watchers?.close());
}

/**
 * Makes Framework look at a page again as soon as it watches it. It reads the page and the files that the page names,
 * and only then begins to watch them, with the page itself last; after each update it watches the files anew. An edit in
 * between would not be shown, not even later. Where nothing has changed, looking costs one rendering and sends nothing.
 *
 * Framework also forgets watchers that it got while a reader left, or while another update of the same page was under way.
 * They would render the page at each later change, for nobody: here a reader has one set of watchers, the latest.
 */
export function lookWhenWatching(): void {
  const {watchFiles} = LoaderResolver.prototype;
  LoaderResolver.prototype.watchFiles = async function (path, names, changed) {
    const reader = readers.getStore();
    const turn = reader && ++reader.begun;
    const isHeard = () => !reader?.socket.destroyed && reader?.begun === turn;
    const say = (name: string) => (isHeard() ? changed(name) : undefined);
    const watchers = await watchFiles.call(this, path, names, say);
    if (!isHeard()) watchers.close();
    else if (reader) {
      reader.watchers?.close();
      reader.watchers = watchers;
    }
    setImmediate(say, ""); // by then Framework has these watchers, and after a greeting the page's
    return watchers;
  };
}
