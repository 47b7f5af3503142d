import {readFile} from "node:fs/promises";
import type {RequestListener} from "node:http";
import {join} from "node:path";
import sirv from "sirv";
import {isolate} from "./headers.js";

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
