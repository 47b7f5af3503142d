import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {collapse, floor} from "./simclr/nce.js";

const identical = [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]]; // prettier-ignore
const apart = [[1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1]]; // prettier-ignore
const drawn = [[1, 0.1, 0.8, -0.2], [0.1, 1, 0.3, 0.6], [0.8, 0.3, 1, 0], [-0.2, 0.6, 0, 1]]; // prettier-ignore

function reference(s: number[][], temperature: number): number {
  const half = s.length / 2;
  const losses = s.map((row, i) => {
    const below = row.reduce((sum, x, k) => sum + (k === i ? 0 : Math.exp(x / temperature)), 0);
    return Math.log(below) - row[(i + half) % s.length] / temperature;
  });
  return losses.reduce((a, b) => a + b) / losses.length;
}

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-first-loss": number("loss (nats)", collapse(256), 1e-3),
  "ex-floor": number("least loss (nats)", floor(256, 0.5), 1e-3),
  "ex-hard": number("how many times as much", Math.exp(2), 5e-3),
  "ex-histogram": choice(
    "The loss falls quickly, kNN stays at the level of colour histograms. What is missing is",
    2,
    "a longer training",
    "a larger batch",
    "colour jitter and gray views",
    "a lower temperature"
  ),
  "ex-temperature": choice(
    "As τ → 0, an anchor that is not yet told apart has a gradient that comes from",
    1,
    "all negatives alike",
    "its positive and its most similar negative alone",
    "its positive alone"
  ),
  "ex-head": choice(
    "Most of what the jitter changes is still to be read from",
    0,
    "h, the features before the head",
    "z, the projections",
    "both alike"
  ),
  "ex-batch": number("difference (nats)", collapse(512) - collapse(64), 1e-3),
  "ex-information": number("N", Math.ceil((Math.exp(8) + 1) / 2), 0),
  "ex-probe": choice(
    "The 92 % are no linear probe, because",
    1,
    "the probe was trained on the training split",
    "the encoder was trained with the labels too",
    "the test images were not augmented"
  ),
  "ex-write": {
    kind: "code",
    ask: "NT-Xent of a table of cosines",
    start:
      "// s[i][k]: cosines of 2N views; the partner of view i is view (i + N) mod 2N. The mean loss in nats.\nfunction ntXent(s, temperature) {\n  return 0;\n}",
    cases: [
      {args: [identical, 0.5], expected: Math.log(3), within: 1e-9},
      {args: [apart, 0.5], expected: reference(apart, 0.5), within: 1e-9},
      {args: [drawn, 0.1], expected: reference(drawn, 0.1), within: 1e-9},
      {args: [drawn, 0.0005], expected: 0, within: 1e-6}
    ]
  }
};
