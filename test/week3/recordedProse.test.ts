import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {featureScores} from "../../src/components/data/featureScores.js";
import {parseRunRecord} from "../../src/components/data/runRecord.js";
import {mocoCurve} from "../../src/week3/published.js";
import {classCurve, knnCurve, labelCurve} from "../../src/week3/recordedViews.js";

const percent = (fraction: number, digits: number) => (100 * fraction).toFixed(digits);

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

test("what MoCo's page tells of its recorded run is in the records", () => {
  const [run, simclr] = [recordOf("moco-seed-1"), recordOf("simclr-seed-1")];
  const {own, randomNetwork, rawPixels} = featureScores(run.final);
  const beside = featureScores(simclr.final).own;
  const [knn, theirs, simclrs] = [knnCurve(run), mocoCurve, knnCurve(simclr)].map((curve) => new Map(curve));
  const labels = new Map(labelCurve(run).map(({labels, percent}) => [labels, percent]));
  const classes = classCurve(run);
  const [cat, ship] = [classes[3], classes[8]];
  const heldOut = "66.95"; // of the probe's own choice: the record has no place for it
  expect(numbersOf("moco", "What the thirty epochs of seed 1 show:")).toEqual([
    ...["1", knn.get(5)!.toFixed(1), "5", knn.get(10)!.toFixed(1), "10", knn.get(20)!.toFixed(1), "20"],
    knn.get(30)!.toFixed(1),
    ...[5, 10, 20].map((epoch) => theirs.get(epoch)!.toFixed(1)),
    ...[theirs.get(30)!.toFixed(2), "30", theirs.get(200)!.toFixed(1), "200", "512", "0", "30"],
    ...[
      percent(own.linearProbe!, 2),
      heldOut,
      percent(randomNetwork.linearProbe!, 2),
      percent(rawPixels.linearProbe!, 2)
    ],
    ...[labels.get(10)!, labels.get(1000)!, ship, cat].map((each) => each.toFixed(1))
  ]);
  expect([Math.min(...classes), Math.max(...classes)]).toEqual([cat, ship]);
  expect(run.flops / (simclr.flops / simclr.recipe.epochs)).toBeCloseTo(20, 1);
  expect(numbersOf("moco", "Beside [SimCLR]")).toEqual([
    ...["20", "20", simclrs.get(20)!.toFixed(1)],
    ...[Number(run.final.alignment).toFixed(3), "60", Number(simclr.final.alignment).toFixed(3)],
    ...[run, simclr].map(({final}) => (-Number(final.uniformity)).toFixed(2)),
    ...[own, beside].map(({kmeans}) => percent(kmeans.accuracy!, 1))
  ]);
  const {trainLoss, testLoss} = run.final as Record<string, number>;
  expect(numbersOf("moco", "Nothing was betrayed")).toEqual([trainLoss, testLoss].map((nats) => nats.toFixed(3)));
});
