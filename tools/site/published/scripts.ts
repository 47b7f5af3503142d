import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import {fileURLToPath} from "node:url";
import {build, type Plugin} from "esbuild";
import {common} from "../../framework/packages.js";
import type {Asset} from "../assets.js";
import {lightAcorn} from "./acorn.js";

const place = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/**
 * The editor of the published site, in parts that are loaded when they are needed: its start, the editor's window, the
 * compiler of cells, Markdown, formulas. What several of them need is a file that they share.
 */
export async function publishedScripts(): Promise<Asset[]> {
  const {outputFiles} = await build({
    ...common,
    entryPoints: {start: place("start.ts")},
    outdir: "assets/edit",
    splitting: true,
    define: {"process.env": "{}"},
    chunkNames: "[name]-[hash]",
    plugins: [standIns, lightAcorn, hollow]
  });
  return outputFiles.map(({path, contents}) => ({name: `assets/edit/${basename(path)}`, read: async () => contents}));
}

const slashes = (path: string) => path.replaceAll("\\", "/");
const isMarkdown = (importer: string) => /\/framework\/dist\/(markdown|placeholder)\.js$/.test(slashes(importer));

/** What Framework's parser and its Markdown ask of Node, or of large packages for little; and the parser itself, later. */
const standIns: Plugin = {
  name: "stand-ins",
  setup(esbuild) {
    const answer = (filter: RegExp, file: string, where: (importer: string) => boolean = () => true) =>
      esbuild.onResolve({filter}, ({importer}) => (where(importer) ? {path: place(`standIns/${file}`)} : undefined));
    answer(/^node:path(\/posix)?$/, "path.ts");
    answer(/^node:crypto$/, "crypto.ts");
    answer(/^node:fs\/promises$/, "files.ts");
    answer(/^(he|entities)$/, "entities.ts");
    answer(/^@sindresorhus\/transliterate$/, "transliterate.ts");
    answer(/^(acorn|\.\/javascript\/(parse|module)\.js)$/, "later.ts", isMarkdown);
  }
};

const unused = [
  /framework\/dist\/(resolvers|config|frontMatter|html|sql|theme|tty|tag)\.js$/,
  /node_modules\/(mime|ts-interface-checker|lines-and-columns)\//,
  /sucrase\/dist\/esm\/(Options|Options-gen-types|CJSImportProcessor|computeSourceMap|identifyShadowedGlobals)\.js$/,
  /sucrase\/dist\/esm\/(parser\/plugins\/(flow|jsx\/index)|util\/(formatTokens|getTSImportedNames|getJSXPragmaInfo))\.js$/,
  /sucrase\/dist\/esm\/transformers\/(CJSImport|Flow|JestHoist|JSX|NumericSeparator|OptionalCatchBinding|OptionalChainingNullish|ReactDisplayName|ReactHotLoader)Transformer\.js$/
];

/**
 * Modules that are named but do nothing for a cell: of the build, and Sucrase's for JSX, Flow and CommonJS. Their exports
 * become functions without effect.
 */
const hollow: Plugin = {
  name: "hollow",
  setup(esbuild) {
    esbuild.onLoad({filter: /\.(m?js)$/}, async ({path}) => {
      if (!unused.some((pattern) => pattern.test(slashes(path)))) return undefined;
      const text = await readFile(path, "utf8");
      const declared = [...text.matchAll(/^export (?:async )?(?:function\*?|class|const|let|var) (\w+)/gm)].map(
        ([, name]) => name
      );
      const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) =>
        list.split(",").map((name) => name.trim().split(" as ").at(-1)!)
      );
      const names = [...new Set([...declared, ...listed])].filter((name) => name && name !== "default");
      const contents = [
        `const none = () => undefined;`,
        `export default none;`,
        ...names.map((name) => `export {none as ${name}};`)
      ];
      return {contents: contents.join("\n")};
    });
  }
};
