import {createHash} from "node:crypto";
import {readdir, readFile, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import {decode} from "fast-png";
import {unzipSync} from "fflate";
import {resize} from "../../src/components/data/resize.js";
import type {Manifest} from "../../src/components/data/sharded.js";
import {inspect, type Published} from "./archive.js";
import {download} from "./download.js";
import {explained, Problem} from "./problem.js";
import type {Report} from "./progress.js";
import {store} from "./shards.js";

/** A published archive, and which of its alphabets are taken. */
export interface Part extends Published {
  name: string;
  split: "train" | "test";
  /** Folders; the second archive has Greek and Latin again. */
  alphabets: string[];
}

const address = "https://raw.githubusercontent.com/brendenlake/omniglot/master/python";

/** The two small background sets as their authors publish them. Lake, Salakhutdinov & Tenenbaum 2015. */
export const parts: Part[] = [
  {
    name: "images_background_small1.zip",
    split: "train",
    alphabets: ["Balinese", "Early_Aramaic", "Greek", "Korean", "Latin"],
    url: `${address}/images_background_small1.zip`,
    bytes: 1_319_022,
    digest: "f38eb80f801274ac2b4dff5b24289016bfaba4a7d5bb50deebf27104ad6cb8a4",
    kind: "zip"
  },
  {
    name: "images_background_small2.zip",
    split: "test",
    alphabets: ["Japanese_(katakana)", "Sanskrit", "Tagalog"],
    url: `${address}/images_background_small2.zip`,
    bytes: 1_580_917,
    digest: "3ccaa407515a8778e5d0861875af38b17e418f301ad5bb3b5a6b65d901a41c7f",
    kind: "zip"
  }
];

const side = 28;
const [published, drawings] = [105, 20];

interface Options {
  /** Local archives in place of the download: the files, or a folder that holds them. */
  from?: string[];
  show: (what: string) => Report;
}

/**
 * Puts the two small sets of Omniglot into `data`/omniglot, as a manifest and one shard for each split.
 *
 * @throws Problem if an archive is not what it has to be; then the folder is as it was.
 */
export async function prepareOmniglot(data: string, {from, show}: Options, wanted = parts): Promise<Manifest> {
  const local = from && (await filesOf(from));
  const characters: {split: Part["split"]; name: string; images: Uint8Array[]}[] = [];
  const digests: string[] = [];
  for (const part of wanted) {
    const archive = local ? oneOf(local, part.name) : join(data, part.name);
    if (!local) await download(part.url, archive, part, show(`Downloading ${part.name}`));
    try {
      digests.push((await inspect(archive, part, false, show(`Checking ${part.name}`))).digest);
      characters.push(...unpack(await readFile(archive), part, archive));
    } finally {
      if (!local) await rm(archive, {force: true});
    }
  }
  const about = {
    name: "omniglot",
    digest: createHash("sha256").update(digests.join("\n")).digest("hex"),
    ...{official: true, note: "", height: side, width: side, channels: 1, layout: "NHWC" as const},
    classes: characters.map(({name}) => name)
  };
  const block = (split: Part["split"]) =>
    Buffer.concat(
      characters.flatMap((each, label) =>
        each.split === split ? each.images.map((image) => Buffer.concat([Buffer.from([label]), image])) : []
      )
    );
  return store(join(data, "omniglot"), about, {train: [block("train")], test: [block("test")]}, show("Writing"));
}

/** The archives that were named, or lie in a folder that was. */
async function filesOf(from: string[]): Promise<string[]> {
  const lists = from.map(async (path) => {
    const found = await stat(path).catch((error: unknown) => {
      throw explained(error, `an archive at ${path}`);
    });
    return found.isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path];
  });
  return (await Promise.all(lists)).flat();
}

function oneOf(files: string[], name: string): string {
  const path = files.find((file) => file.endsWith(name));
  if (!path) throw new Problem(`Expected ${name} among the files given by --from, got ${files.join(", ") || "none"}.`);
  return path;
}

/** The characters of an archive's wanted alphabets, in the order of their names, each with its drawings. */
function unpack(archive: Uint8Array, {split, alphabets}: Part, path: string) {
  const inside = /^[^/]+\/([^/]+)\/character(\d+)\/(\d+_\d+)\.png$/;
  const files = unzipSync(archive, {filter: ({name}) => alphabets.includes(inside.exec(name)?.[1] ?? "")});
  const found = new Map<string, Uint8Array[]>();
  for (const name of Object.keys(files).sort()) {
    const [, alphabet, number] = inside.exec(name)!;
    const character = `${alphabet.replaceAll("_", " ")} ${number}`;
    found.set(character, [...(found.get(character) ?? []), inked(files[name], `${name} of ${path}`)]);
  }
  for (const [name, images] of found)
    if (images.length !== drawings)
      throw new Problem(`Expected ${drawings} drawings of ${name} in ${path}, got ${images.length}.`);
  if (!found.size) throw new Problem(`Expected ${alphabets.join(", ")} in ${path}, got none of their characters.`);
  return [...found].map(([name, images]) => ({split, name, images}));
}

/** A published drawing, one bit a pixel with black ink, as side × side bytes of ink. */
function inked(file: Uint8Array, name: string): Uint8Array {
  const {width, height, depth, channels, data} = decode(file);
  if (width !== published || height !== published || depth !== 1 || channels !== 1)
    throw new Problem(`Expected ${name} to be ${published} × ${published} in one bit, got ${width} × ${height} in ${depth * channels}.`); // prettier-ignore
  const line = Math.ceil(width / 8);
  const ink = Uint8Array.from({length: width * height}, (_, k) => {
    const [i, j] = [Math.floor(k / width), k % width];
    return (data[i * line + (j >> 3)] >> (7 - (j & 7))) & 1 ? 0 : 255;
  });
  return resize(ink, {height, width, channels: 1}, {height: side, width: side});
}
