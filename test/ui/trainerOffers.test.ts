import {expect, test} from "vitest";
import type {CheckpointMeta} from "../../src/components/train/protocol.js";
import {offers, place} from "../../src/components/ui/trainerOffers.js";
import type {Values} from "../../src/components/ui/trainerState.js";

const page = {
  name: "resnet",
  module: "http://127.0.0.1:3000/_import/week2/resnetTask.js?sha=00",
  controls: {width: {label: "width", value: 16, options: [8, 16]}},
  spec: ({width}: Values) => ({
    config: {width},
    seed: 1,
    epochs: 4,
    batch: 8,
    schedule: {kind: "constant", rate: 0.1} as const
  })
};
const saved = (module: string, epoch: number, at: number, width = 8): CheckpointMeta => ({
  key: `${at}`,
  spec: {...page.spec({width}), module},
  step: 10 * epoch,
  epoch,
  saved: at,
  tag: "epoch"
});

test("a page offers the checkpoints of its own module, of whatever build and host, newest first", () => {
  const list = [
    saved("https://else.where/base/_import/week2/resnetTask.0a1b2c3d.js", 3, 1),
    saved("http://127.0.0.1:3000/_import/week3/simclrTask.js?sha=11", 3, 2),
    saved(page.module, 1.5, 3)
  ];
  expect(offers(list, page).map(({key}) => key)).toEqual(["3", "1"]);
  expect(offers(list, page).map(place)).toEqual(["epoch 1.5", "epoch 3"]);
});

test("an offer carries the inputs' values, and none where the inputs cannot ask for the run", () => {
  const [known, unknown] = offers([saved(page.module, 1, 2), saved(page.module, 1, 1, 64)], page);
  expect(known.values).toEqual({width: 8});
  expect(unknown.values).toBeNull();
});

test("a run is finished when all its epochs are behind it", () => {
  const list = [saved(page.module, 4, 2), saved(page.module, 3.9, 1)];
  expect(offers(list, page).map(({finished}) => finished)).toEqual([true, false]);
});

test("a run that failed is also offered at half its rate, as near below as the input allows, and no other is", () => {
  const rate = {label: "peak rate", value: 0.1, min: 0.05, max: 1, step: 0.05};
  const gentle = {
    ...page,
    controls: {...page.controls, rate},
    spec: ({width, rate}: Values) => ({
      ...page.spec({width}),
      schedule: {kind: "constant", rate: Number(rate)} as const
    })
  };
  const of = (rate: number, tag: CheckpointMeta["tag"] = "failed") =>
    offers(
      [{...saved(page.module, 1, 1), spec: {...gentle.spec({width: 8, rate}), module: page.module}, tag}],
      gentle
    )[0];
  expect(of(0.6).gentler).toEqual({values: {width: 8, rate: 0.3}, text: "peak rate 0.3 instead of 0.6"});
  expect(of(0.35).gentler).toEqual({values: {width: 8, rate: 0.15}, text: "peak rate 0.15 instead of 0.35"});
  expect(of(0.05).gentler).toBeNull(); // nothing below
  expect(of(0.6, "epoch").gentler).toBeNull();
  expect(offers([{...saved(page.module, 1, 1), tag: "failed"}], page)[0].gentler).toBeNull(); // no input for the rate
  const chosen = offers(
    [{...saved(page.module, 1, 1), spec: {...gentle.spec({width: 8, rate: 0.6}), module: page.module}, tag: "failed"}],
    {...gentle, controls: {...gentle.controls, rate: {label: "rate", value: 0.1, options: [0.1, 0.2, 0.6]}}}
  );
  expect(chosen[0].gentler!.values.rate).toBe(0.2);
});
