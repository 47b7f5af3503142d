import {existsSync} from "node:fs";
import {join} from "node:path";
import {weeks} from "../../src/programme.js";

/** Where `npm run pdf` writes, and from where a build takes what it finds. */
export const pdfFolder = "pdf";

/**
 * The file that a page is printed to: the programme's own name for it (`math_summary.pdf`, `matrix_calculus.ipynb`,
 * `dino/`), or the page's where the programme has none or several.
 */
export function pdfName(page: string): string {
  const items = weeks.flatMap(({deliverables}) => deliverables.flatMap(({items}) => items));
  const files = items.find((item) => item.page === page)?.files ?? [];
  const stem =
    files.length === 1 ? files[0].name.replace(/\/$|\.\w+$/, "") : page.split("/").at(-1)!.replaceAll("-", "_");
  return `${stem}.pdf`;
}

/** The printed file of a page below the site's root, where there is one. */
export function printedPdf(page: string): string | undefined {
  const file = join(pdfFolder, pdfName(page));
  return existsSync(file) ? `pdf/${pdfName(page)}` : undefined;
}
