import {expect, test} from "vitest";
import {weeks} from "../../src/programme.js";
import {pdfName} from "../../tools/pdf/name.js";
import {pageCount} from "../../tools/pdf/print.js";
import {finishPage} from "../../tools/site/finish.js";
import {pageInfo, pageNames} from "../../tools/site/pages.js";
import {programmeHtml} from "../../tools/site/programme.js";

test("a page is printed under the programme's own name, else under its own", () => {
  expect(pdfName("week1/math-summary")).toBe("math_summary.pdf");
  expect(pdfName("week1/probability-kl")).toBe("probability_kl.pdf"); // probability_kl.ipynb
  expect(pdfName("week2/resnet-from-scratch")).toBe("resnet_from_scratch.pdf"); // a folder
  expect(pdfName("week1/linear-algebra")).toBe("linear_algebra.pdf");
});

test("no two pages are printed to the same file, planned ones included", () => {
  const planned = weeks.flatMap(({deliverables}) => deliverables.flatMap(({items}) => items.map(({page}) => page)));
  const pages = [...new Set([...planned, ...pageNames("src")])];
  const names = pages.map(pdfName);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test("the summary of week 1 says that it is one page, that of week 2 that it is two", () => {
  expect(pageInfo("src", "/week1/math-summary")?.pages).toBe(1);
  expect(pageInfo("src", "/week2/training-tricks-summary")?.pages).toBe(2);
});

test("a page that was printed leads to it below its title, and so does the programme", () => {
  expect(finishPage("<html><h1>A</h1><p>b", "../pdf/a.pdf")).toContain(
    '</h1>\n<p class="pdf-link"><a href="../pdf/a.pdf">'
  );
  expect(finishPage("<html><h1>A</h1><p>b")).not.toContain("pdf");
  const site = {page: () => "T", pdf: (page: string) => `pdf/${pdfName(page)}`, runs: () => []};
  expect(programmeHtml("week-1", site)).toContain('<a href="./pdf/math_summary.pdf">PDF</a>');
  expect(programmeHtml("week-1", {...site, pdf: () => undefined})).not.toContain("PDF</a>");
});

test("the count of pages is that of the whole tree, not of a branch", () => {
  const tree = "1 0 obj\n<</Type /Pages\n/Count 8\n>>\n2 0 obj\n<</Type /Pages\n/Kids [1 0 R]\n/Count 11\n>>";
  expect(pageCount(Buffer.from(tree))).toBe(11);
});
