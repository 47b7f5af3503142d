import {readFile, readdir} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {join} from "node:path";
import {build} from "esbuild";
import {pdfFolder} from "../pdf/name.js";
import {publishedScripts} from "./published/scripts.js";

/** A file of the site that is not a page: its name below the site's root, and how to get its content. */
export interface Asset {
  name: string;
  read(): Promise<string | Uint8Array>;
}

const fonts = ["source-serif-4", "inter", "jetbrains-mono"];
const subsets = /-(latin|latin-ext|greek)-wght-(normal|italic)\.woff2/; // what the pages' text is written in

/**
 * Style sheets, fonts and scripts at fixed places below the site's root, for every page's head. Framework's bundler
 * cannot take them: it refuses a font in a style sheet, and KaTeX's own name collides with the copy `tex` brings.
 */
export async function assets({preview = false} = {}): Promise<Asset[]> {
  const script = (name: string, file: string, format: "esm" | "iife" = "esm") => ({
    name,
    read: () => browserScript(file, format)
  });
  const scripts = preview
    ? [
        script("assets/tex-math.js", "texMath.ts"),
        script("assets/edit.js", "edit.ts"),
        script("assets/editor.js", "editor.ts")
      ]
    : [script("isolation-worker.js", "isolationWorker.ts", "iife"), ...(await publishedScripts())];
  const always = script("assets/derivations.js", "derivations.ts");
  return [...(await fontAssets()), ...(await mathAssets()), always, ...scripts, ...(await printed())];
}

/** The pages that `npm run pdf` has printed. */
async function printed(): Promise<Asset[]> {
  const files = (await readdir(pdfFolder).catch(() => [])).filter((name) => name.endsWith(".pdf"));
  return files.map((name) => ({name: `pdf/${name}`, read: () => readFile(join(pdfFolder, name))}));
}

async function fontAssets(): Promise<Asset[]> {
  const sheets: string[] = [];
  const files: Asset[] = [];
  for (const name of fonts) {
    const folder = join("node_modules/@fontsource-variable", name);
    for (const sheet of ["wght.css", "wght-italic.css"]) {
      const css = await readFile(join(folder, sheet), "utf8");
      const faces = css.split(/(?=@font-face)/).filter((face) => subsets.test(face));
      sheets.push(...faces.map((face) => face.replaceAll("./files/", "./fonts/").replace(/\/\*.*?\*\//gs, "")));
    }
    for (const file of (await readdir(join(folder, "files"))).filter((file) => subsets.test(file)))
      files.push({name: `assets/fonts/${file}`, read: () => readFile(join(folder, "files", file))});
  }
  return [{name: "assets/fonts.css", read: async () => sheets.join("")}, ...files];
}

async function mathAssets(): Promise<Asset[]> {
  const folder = "node_modules/katex/dist";
  const woff2 = (await readdir(join(folder, "fonts"))).filter((file) => file.endsWith(".woff2"));
  const style = async () => {
    const css = await readFile(join(folder, "katex.min.css"), "utf8");
    const layout = await readFile(fileURLToPath(new URL("page/equation.css", import.meta.url)), "utf8");
    return css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)/g, "") + layout;
  };
  return [
    {name: "assets/math.css", read: style},
    ...woff2.map((file) => ({name: `assets/fonts/${file}`, read: () => readFile(join(folder, "fonts", file))}))
  ];
}

/** One of our scripts for the page, bundled and minified. */
export async function browserScript(file: string, format: "esm" | "iife"): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [fileURLToPath(new URL(`page/${file}`, import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format,
    target: "es2022",
    legalComments: "none"
  });
  return outputFiles[0].text.trim();
}
