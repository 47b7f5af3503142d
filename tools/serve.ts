import {existsSync} from "node:fs";
import {createServer} from "node:http";
import {join} from "node:path";
import {commandLine} from "./commandLine.js";
import {freePort, wantedPort} from "./site/port.js";
import {siteListener} from "./site/server.js";

/** npm run serve [-- --out DIR]: the built site on http://127.0.0.1:3000; PORT and SITE_BASE move it. */
const {values} = commandLine("serve", {options: {out: {type: "string", default: "dist"}}});
if (existsSync(join(values.out, "index.html"))) await serve();
else {
  console.error(`serve: expected a built site in ${values.out}; run npm run build first`);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const base = `/${process.env.SITE_BASE ?? ""}/`.replace(/\/+/g, "/");
  const port = await freePort(wantedPort(), "127.0.0.1");
  createServer(siteListener(values.out, {base})).listen(port, "127.0.0.1", () => {
    console.log(`Ready: http://127.0.0.1:${port}${base}`);
  });
}
