import {createServer, type RequestListener} from "node:http";
import {readFile} from "node:fs/promises";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {parseArgs} from "node:util";
import sirv from "sirv";
import {isolate} from "./site/headers.js";
import {freePort, wantedPort} from "./site/port.js";

/**
 * Answers requests for a built site below its base path as a static host would: clean URLs, the site's own 404 page.
 * The headers of cross-origin isolation are added unless `isolated` is false, as on hosts that cannot send them.
 */
export function siteListener(folder: string, {base = "/", isolated = true} = {}): RequestListener {
  const files = sirv(folder, {dev: true, dotfiles: false, extensions: ["html"]});
  return (request, response) => {
    if (isolated) isolate(response);
    if (!request.url!.startsWith(base)) return void response.writeHead(404).end("outside the site's base path");
    request.url = request.url!.slice(base.length - 1);
    files(request, response, async () => {
      const page = await readFile(join(folder, "404.html")).catch(() => "Not found");
      response.writeHead(404, {"Content-Type": "text/html; charset=utf-8"}).end(page);
    });
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const {values} = parseArgs({options: {out: {type: "string", default: "dist"}}});
  const base = process.env.SITE_BASE ?? "/";
  if (!existsSync(join(values.out, "index.html"))) {
    console.error(`serve: expected a built site in ${values.out}; run npm run build first`);
    process.exit(1);
  }
  const port = await freePort(wantedPort(), "127.0.0.1");
  createServer(siteListener(values.out, {base})).listen(port, "127.0.0.1", () => {
    console.log(`Ready: http://127.0.0.1:${port}${base}`);
  });
}
