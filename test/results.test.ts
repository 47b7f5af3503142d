import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {parseRunRecord, type RunRecord} from "../src/components/data/runRecord.js";
import {unpackMap} from "../src/components/evaluate/featureMap.js";
import {missing, queuedRuns, resultsTable, type Reported} from "../tools/results.js";
import {recordedRun} from "./data/recordedRun.js";

const listed = (folder: string, ending: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : [];
const records = listed("src/data/runs", ".json").map((file): [file: string, record: RunRecord] => [
  file,
  parseRunRecord(JSON.parse(readFileSync(`src/data/runs/${file}`, "utf8")))
]);
const runs = records.map(([, record]) => record);
const queue = readFileSync("headless/queue.md", "utf8");

describe("what is recorded", () => {
  test("a record is named as its file is", () => {
    expect(records.map(([file]) => file)).toEqual(runs.map(({name}) => `${name}.json`));
  });

  test("weights and logits are the files that their record names, of at most 25 MB, and there are no others", () => {
    const named = runs.flatMap(({weights, logits}) => [weights, logits]).filter((file) => file !== null);
    for (const {file, bytes, digest} of named) {
      const content = readFileSync(`src/data/${file}`);
      expect({file, bytes: content.length, digest: createHash("sha256").update(content).digest("hex")}).toEqual({file, bytes, digest}); // prettier-ignore
      expect(bytes).toBeLessThanOrEqual(25e6);
    }
    expect(listed("src/data/weights", "").map((file) => `weights/${file}`).sort()).toEqual(named.map(({file}) => file).sort()); // prettier-ignore
  });

  test("a map of features is of the weights that its run's record names", () => {
    for (const file of listed("src/data/maps", ".safetensors")) {
      const {run, weights} = unpackMap(readFileSync(`src/data/maps/${file}`));
      expect([file, weights]).toEqual([`${run}.safetensors`, runs.find(({name}) => name === run)?.weights?.digest]);
    }
  });

  test("every number that the programme asks for is reached, or its run is in the queue", () => {
    expect(missing(runs, queue)).toEqual([]);
  });

  test("a run is outstanding in the queue until it is recorded, and no longer", () => {
    const done = new Set(runs.map(({name}) => name));
    for (const {run, measured} of queuedRuns(queue)) expect([run, measured !== "–"]).toEqual([run, done.has(run)]);
  });

  test("the README's table says what the records say", () => {
    expect(readFileSync("README.md", "utf8")).toContain(`\n${resultsTable(runs)}\n`);
  });
});

describe("the rules, on invented records", () => {
  const number: Reported = {title: "A net", page: "resnet-from-scratch", metric: "testAccuracy", least: 0.85, of: {width: 64}}; // prettier-ignore
  const run = (name: string, testAccuracy: number, changes: Partial<RunRecord> = {}) =>
    recordedRun({name, final: {testAccuracy}, ...changes});
  const line = (name: string, measured: string) => `| run | measured |\n|---|---|\n| \`${name}\` | ${measured} |\n`;

  test("a number that is neither recorded nor queued is missing", () => {
    const sentence = "A net: expected a recorded run or one that headless/queue.md lists, got none";
    expect(missing([], "", [number])).toEqual([sentence]);
    expect(missing([], line("resnet-from-scratch-seed-1", "2.1"), [number])).toEqual([sentence]);
    expect(missing([], line("resnet-from-nowhere", "–"), [number])).toEqual([sentence]);
    expect(missing([], line("resnet-from-scratch-seed-1", "–"), [number])).toEqual([]);
  });

  test("a number below what is asked is missing even when more runs are queued; the mean decides", () => {
    const queued = line("resnet-from-scratch-seed-3", "–");
    const two = (a: number, b: number) => [run("resnet-from-scratch-seed-1", a), run("resnet-from-scratch-seed-2", b)];
    expect(missing(two(0.84, 0.855), queued, [number])).toEqual(["A net: expected at least 85 %, got 84.75 %"]);
    expect(missing(two(0.84, 0.86), queued, [number])).toEqual([]);
  });

  test("runs by other constants, of other pages or on held-out images do not count", () => {
    const {data, recipe} = recordedRun();
    const others = [
      run("resnet-from-scratch-a", 0.99, {recipe: {...recipe, config: {...recipe.config, width: 16}}}),
      run("resnet-from-scratch-b", 0.99, {data: {...data, evaluated: {split: "validation", count: 5000}}}),
      run("simclr-a", 0.99),
      recordedRun({name: "resnet-from-scratch-c", final: {linearProbe: 0.99}})
    ];
    expect(missing(others, "", [number])).toHaveLength(1);
    expect(resultsTable(others, [number])).toContain("| A net | ≥ 85 % | no run yet | – | – | – | – |");
  });

  test("a row has the mean and deviation over seeds, the command, the seeds, the time and the note", () => {
    const data = {...recordedRun().data, note: "A copy."};
    const rows = resultsTable(
      [
        run("resnet-from-scratch-seed-2", 0.92, {seed: 2, seconds: 5300, data}),
        run("resnet-from-scratch-seed-1", 0.9, {seconds: 5500, data})
      ],
      [number]
    ).split("\n");
    expect(rows[2]).toBe(
      "| A net | ≥ 85 % | 91.00 ± 1.41 % | `npm run train -- resnet-from-scratch --seed 1` | 1, 2 | 1 h 30 min | A copy. |"
    );
  });

  test("a part of a result is found by its path, and what is only reported has no limit", () => {
    const clusters: Reported = {title: "Clusters", page: "dino", metric: "kmeans.accuracy", least: null, of: {}};
    const dino = recordedRun({name: "dino-seed-1", final: {kmeans: {accuracy: 0.4, nmi: 0.3, ari: 0.2}}});
    expect(missing([dino], "", [clusters])).toEqual([]);
    expect(resultsTable([dino], [clusters])).toContain("| Clusters | reported | 40.00 % |");
  });
});
