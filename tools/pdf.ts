import {mkdir, writeFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {launch, offline, provideChromium} from "./browser.js";
import {commandLine} from "./commandLine.js";
import {pdfFolder, pdfName} from "./pdf/name.js";
import {printPage} from "./pdf/print.js";
import {buildSite} from "./site/build.js";
import {pageInfo, pageNames} from "./site/pages.js";
import {siteListener} from "./site/server.js";

/**
 * npm run pdf [-- PAGE …] [--solutions] [--site DIR]: prints pages (`week1/math-summary`) to pdf/, under the programme's
 * own names; without any, those whose front matter says how many pages they have. The next build puts them into the
 * site. `--site` takes a built site instead of building one; SITE_URL is where the site stands, for links between pages.
 */
const {values, positionals} = commandLine("pdf", {
  allowPositionals: true,
  options: {solutions: {type: "boolean"}, site: {type: "string"}}
});
try {
  await printAll(positionals.map((page) => page.replace(/^(\.?\/)?(src\/)?|\.md$/g, "")));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function printAll(asked: string[]): Promise<void> {
  const wanted = asked.length ? asked : pageNames("src").filter((page) => pageInfo("src", `/${page}`)!.pages);
  const unknown = wanted.find((page) => !pageInfo("src", `/${page}`));
  if (unknown) throw new Error(`pdf: expected a page below src, got ${unknown}`);
  const folder = values.site ?? ".cache/pdf-site";
  if (!values.site) await buildSite(folder);
  const server = createServer(siteListener(folder)).listen(0, "127.0.0.1");
  const browser = await launch(provideChromium(), offline);
  try {
    await mkdir(pdfFolder, {recursive: true});
    for (const page of wanted) {
      const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const {pages} = pageInfo("src", `/${page}`)!;
      const pdf = await printPage(browser, page, {
        site,
        pages,
        solutions: values.solutions,
        address: process.env.SITE_URL
      });
      const file = join(pdfFolder, pdfName(page));
      await writeFile(file, pdf);
      console.log(`${file}: ${Math.ceil(pdf.length / 1000)} kB`);
    }
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}
