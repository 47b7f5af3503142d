// @vitest-environment jsdom
import {expect, test, vi} from "vitest";
import type {Offer} from "../../src/components/ui/trainerOffers.js";
import {trainerRow} from "../../src/components/ui/trainerRow.js";

const offer: Offer = {
  key: "k",
  values: {rate: 0.6},
  spec: {module: "m", config: {}, seed: 1, epochs: 4, batch: 8, schedule: {kind: "constant", rate: 0.6}},
  step: 10,
  epoch: 2.5,
  finished: false,
  gentler: {values: {rate: 0.3}, text: "peak rate 0.3 instead of 0.6"},
  text: ""
};

test("the state of a run that failed can be resumed as it was or at the lower rate, which the button names", () => {
  const acts = {choose: vi.fn(), save: vi.fn(), forget: vi.fn()};
  const row = trainerRow(acts);
  row.show(offer, false);
  const [same, lower] = row.element.querySelectorAll("button");
  expect([same, lower].map(({textContent}) => textContent)).toEqual([
    "Resume from epoch 2.5",
    "Resume from epoch 2.5 with peak rate 0.3 instead of 0.6"
  ]);
  same.click();
  lower.click();
  expect(acts.choose.mock.calls.map(([, values]) => values)).toEqual([{rate: 0.6}, {rate: 0.3}]);
  row.busy(true);
  lower.click();
  expect(acts.choose).toHaveBeenCalledTimes(2);
  row.show({...offer, gentler: null}, false);
  expect([same.hidden, lower.hidden]).toEqual([false, true]);
});
