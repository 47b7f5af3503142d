import {readdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {encode} from "fast-png";
import {zipSync} from "fflate";
import {expect, test} from "vitest";
import {omniglot} from "../../../src/components/data/omniglot.js";
import {nodeSource} from "../../../tools/data/nodeSource.js";
import {parts, prepareOmniglot, type Part} from "../../../tools/data/omniglot.js";
import {folder, sha256} from "./archives.js";

const show = () => () => {};

/** A drawing with ink in the given rows, as a PNG of one bit a pixel. */
function drawing(rows: [from: number, to: number], side = 105): Uint8Array {
  const data = new Uint8Array(side * Math.ceil(side / 8)).fill(255);
  data.fill(0, rows[0] * Math.ceil(side / 8), rows[1] * Math.ceil(side / 8));
  return encode({width: side, height: side, data, depth: 1, channels: 1});
}

/** An archive of two characters of each alphabet; character c of alphabet a has ink from row 10 a + 5 c on, 15 rows. */
function archive(alphabets: string[], drawings = 20): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  alphabets.forEach((alphabet, a) => {
    for (const c of [1, 2])
      for (let d = 1; d <= drawings; ++d)
        files[`set/${alphabet}/character0${c}/0${a}${c}_${String(d).padStart(2, "0")}.png`] = drawing([10 * a + 5 * c, 10 * a + 5 * c + 15]); // prettier-ignore
  });
  return zipSync(files);
}

async function saved(contents: Uint8Array[], wanted: Part[] = parts): Promise<{at: string; wanted: Part[]}> {
  const at = await folder();
  for (const [i, content] of contents.entries()) await writeFile(join(at, parts[i].name), content);
  const layout = wanted.map((part, i) => ({
    ...part,
    bytes: contents[i].length,
    digest: sha256(Buffer.from(contents[i]))
  }));
  return {at, wanted: layout};
}

test("the archives' alphabets become splits without a common class, ink on nothing, averaged to 28 × 28", async () => {
  const {at, wanted} = await saved([archive(parts[0].alphabets), archive([...parts[1].alphabets, "Greek"])]);
  const data = await folder();
  const manifest = await prepareOmniglot(data, {from: [at], show}, wanted);
  expect(manifest).toMatchObject({official: true, name: "omniglot", splits: {train: {count: 200}, test: {count: 120}}});
  expect(manifest.classes.slice(0, 3)).toEqual(["Balinese 01", "Balinese 02", "Early Aramaic 01"]);
  const {train, test: held} = await omniglot(nodeSource(data));
  expect(new Set(train.labels).size + new Set(held.labels).size).toBe(16);
  expect(Math.min(...held.labels)).toBe(10);
  // rows 5 to 20 of 105 are rows 1.33 to 5.33 of 28
  const column = Array.from({length: 8}, (_, i) => train.images[i * 28]);
  expect(column).toEqual([0, 170, 255, 255, 255, 85, 0, 0]);
});

test("a missing archive, another one, and a character with too few drawings are named, and nothing is left", async () => {
  const good = [archive(parts[0].alphabets), archive(parts[1].alphabets)];
  const {at, wanted} = await saved(good);
  const data = await folder();
  await expect(prepareOmniglot(data, {from: [join(at, parts[0].name)], show}, wanted)).rejects.toThrow(
    `Expected ${parts[1].name} among the files given by --from`
  );
  await expect(prepareOmniglot(data, {from: [at], show})).rejects.toThrow("to have 1,319,022 bytes");
  const few = await saved([archive(parts[0].alphabets, 3), good[1]]);
  await expect(prepareOmniglot(data, {from: [few.at], show}, few.wanted)).rejects.toThrow(
    "Expected 20 drawings of Balinese 01"
  );
  await writeFile(join(at, parts[0].name), "<html>");
  await expect(prepareOmniglot(data, {from: [at], show}, wanted)).rejects.toThrow(
    "to be a zip archive, got an HTML page"
  );
  expect(await readdir(data)).toEqual([]);
});
