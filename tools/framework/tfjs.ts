import {readFile, readdir} from "node:fs/promises";
import {join} from "node:path";
import {build, type Plugin} from "esbuild";
import {replaceFile} from "./files.js";
import {common} from "./packages.js";

export const tfjsPackages = [
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-backend-cpu",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-layers"
];

/** The kernels, gradients and chained ops, and three backends; tf.layers is a file of its own, tf.data and the converter stay out. */
const entry = `
export * from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-backend-cpu";
export {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";
export {setWasmPaths, setThreadsCount, getThreadsCount} from "@tensorflow/tfjs-backend-wasm";
`;

/** Specifiers that are answered by the one bundle, and what they export. */
const facades: Record<string, string[]> = {
  "@tensorflow/tfjs-backend-wasm": ["setWasmPaths", "setThreadsCount", "getThreadsCount"],
  "@tensorflow/tfjs-backend-webgpu": ["WebGPUBackend"]
};

/**
 * Puts one tfjs into Framework's cache of bare imports: the site then has one hashed tfjs file, shared by pages and
 * workers. Framework's own bundling would break `tf.random*` and the wasm backend's start.
 */
export async function bundleTfjs(cache: string, versionOf: (name: string) => string): Promise<void> {
  const fileOf = (name: string) => `${name}@${versionOf(name)}/index.js`;
  const {outputFiles} = await build({
    stdin: {contents: entry, resolveDir: process.cwd(), loader: "js"},
    ...common,
    define: {"process.env.NODE_ENV": '"production"'},
    plugins: [withoutNode]
  });
  await replaceFile(join(cache, fileOf("@tensorflow/tfjs")), outputFiles[0].contents);
  for (const [name, names] of Object.entries(facades)) {
    const source = `export {${names.join(", ")}} from "../tfjs@${versionOf("@tensorflow/tfjs")}/index.js";\n`;
    await replaceFile(join(cache, fileOf(name)), source);
  }
  await bundleLayers(cache, fileOf);
  const wasm = "@tensorflow/tfjs-backend-wasm";
  for (const file of await readdir(join("node_modules", wasm, "dist")))
    if (file.endsWith(".wasm"))
      await replaceFile(
        join(cache, `${wasm}@${versionOf(wasm)}`, "dist", file),
        await readFile(join("node_modules", wasm, "dist", file))
      );
}

/** tf.layers, for the benchmark to train with: on the one tfjs, and loaded by nothing else. */
async function bundleLayers(cache: string, fileOf: (name: string) => string): Promise<void> {
  const name = "@tensorflow/tfjs-layers";
  const core: Plugin = {
    name: "one-core",
    setup(esbuild) {
      const path = `../${fileOf("@tensorflow/tfjs").split("/").slice(1).join("/")}`;
      esbuild.onResolve({filter: /^@tensorflow\/tfjs-core$/}, () => ({path, external: true}));
    }
  };
  const {outputFiles} = await build({entryPoints: [name], ...common, plugins: [core, withoutNode]});
  await replaceFile(join(cache, fileOf(name)), outputFiles[0].contents);
}

/** tfjs names Node's modules in branches that a browser never enters. */
const withoutNode: Plugin = {
  name: "without-node",
  setup(esbuild) {
    const modules = /^(node:)?(fs|path|worker_threads|perf_hooks|os|crypto|util|string_decoder|stream)$/;
    esbuild.onResolve({filter: modules}, () => ({path: "empty", namespace: "empty"}));
    esbuild.onLoad({filter: /.*/, namespace: "empty"}, () => ({contents: "export default {}"}));
  }
};
