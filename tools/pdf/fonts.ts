import {readFile} from "node:fs/promises";
import {join} from "node:path";

const folder = "node_modules/@fontsource";
const families = ["source-serif-4", "inter", "jetbrains-mono"];
const subsets = /-(latin|latin-ext|greek)-\d+-(normal|italic)\.woff2/;

/**
 * The site's fonts in fixed weights, as a style sheet that holds them: Chromium embeds a variable font as drawings of its
 * letters (Type 3), a fixed one as a font.
 */
export const printFonts = (): Promise<string> => (sheet ??= readFonts());
let sheet: Promise<string> | undefined;

async function readFonts(): Promise<string> {
  const sheets = families.flatMap((family) =>
    ["400", "500", "600"].flatMap((weight) => [`${weight}.css`, `${weight}-italic.css`].map((sheet) => [family, sheet]))
  );
  const faces = await Promise.all(
    sheets.map(async ([family, sheet]) => {
      const css = await readFile(join(folder, family, sheet), "utf8");
      const chosen = css.split(/(?=@font-face)/).filter((face) => subsets.test(face));
      return Promise.all(chosen.map((face) => withData(face, join(folder, family))));
    })
  );
  return faces.flat().join("\n");
}

async function withData(face: string, family: string): Promise<string> {
  const file = /\.\/(files\/[\w-]+\.woff2)/.exec(face)![1];
  const data = (await readFile(join(family, file))).toString("base64");
  return face
    .replace(/src:[^;]+;/, `src: url(data:font/woff2;base64,${data}) format("woff2");`)
    .replace(/\/\*.*?\*\//gs, "");
}
