import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {featureScores} from "../../src/components/data/featureScores.js";
import {parseRunRecord} from "../../src/components/data/runRecord.js";
import {classCurve, knnCurve, labelCurve} from "../../src/week3/recordedViews.js";

const recordOf = (name: string) => parseRunRecord(JSON.parse(readFileSync(`src/data/runs/${name}.json`, "utf8")));

/** The numbers of the page's one line that begins so, in their order. */
function numbersOf(page: string, beginning: string): string[] {
  const lines = readFileSync(`src/week3/${page}.md`, "utf8").split("\n");
  const found = lines.filter((line) => line.startsWith(beginning));
  expect(found).toHaveLength(1);
  return found[0].match(/\d+(\.\d+)?/g)!;
}

test("what SimCLR's page tells of its recorded run is in the record", () => {
  const run = recordOf("simclr-seed-1");
  const {own, randomNetwork, rawPixels} = featureScores(run.final);
  const knn = new Map(knnCurve(run));
  const labels = new Map(labelCurve(run).map(({labels, percent}) => [labels, percent]));
  const classes = classCurve(run);
  const [, car, bird, cat] = classes;
  const heldOut = "77.08"; // of the probe's own choice: the record has no place for it
  const percent = (fraction: number, digits: number) => (100 * fraction).toFixed(digits);
  expect(numbersOf("simclr", "What the sixty epochs of seed 1 show:")).toEqual([
    ...["1", percent(own.linearProbe!, 2)],
    ...[knn.get(5)!.toFixed(1), "5", knn.get(30)!.toFixed(1), "30", knn.get(40)!.toFixed(1), "40"],
    ...[(knn.get(60)! - knn.get(40)!).toFixed(1), "0", heldOut],
    ...[labels.get(10)!.toFixed(1), labels.get(1000)!.toFixed(1)],
    ...[cat, bird, car].map((each) => each.toFixed(1)),
    ...[percent(randomNetwork.linearProbe!, 2), percent(rawPixels.linearProbe!, 2)],
    ...[own, randomNetwork, rawPixels].map(({kmeans}) => percent(kmeans.accuracy!, 1))
  ]);
  expect([Math.min(...classes), Math.max(...classes)]).toEqual([cat, car]);
});
