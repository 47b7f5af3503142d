import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {chance, contrastive, triplet, tripletCount} from "./rankingLosses/formulas.js";

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-hinge": number("loss", triplet({a: [0], p: [Math.sqrt(0.3)], n: [Math.sqrt(0.4)]}, 0.2), 1e-6),
  "ex-angle": number("degrees", (Math.acos(0.9) * 180) / Math.PI, 0.05),
  "ex-count": number("triplets", tripletCount(16, 4), 0),
  "ex-collapsed": number("loss", triplet({a: [1], p: [1], n: [1]}, 0.2), 1e-6),
  "ex-kind": choice("This negative is", 1, "easy: the loss is 0", "semi-hard", "hard"),
  "ex-chance": number("recall@1", chance(40, 20), 2e-4),
  "ex-contrastive": number("loss", contrastive([0], [0.2], false, 1), 1e-6),
  "ex-long": number("times as long", 2, 1e-6),
  "ex-mining": {
    kind: "code",
    ask: "batch-hard triplet loss",
    start:
      "// d[i][j]: squared distances; labels[i]: classes. The mean hinge of the farthest positive and the nearest negative\n// over all anchors that have both.\nfunction batchHard(d, labels, margin) {\n  return 0;\n}",
    cases: [
      {args: [[[0, 1, 4], [1, 0, 1], [4, 1, 0]], [0, 0, 1], 0.5], expected: 0.25, within: 1e-9}, // prettier-ignore
      {args: [[[0, 3, 1, 2], [3, 0, 2, 5], [1, 2, 0, 1], [2, 5, 1, 0]], [0, 0, 1, 1], 1], expected: 1.5, within: 1e-9} // prettier-ignore
    ]
  },
  "ex-own": {
    kind: "code",
    ask: "multi-similarity loss",
    start:
      "// S[i][j]: cosines; labels[i]: classes; alpha, beta, lambda: numbers.\nfunction multiSimilarity(S, labels, alpha, beta, lambda) {\n  return 0;\n}",
    cases: [
      {args: [[[1, 0.5], [0.5, 1]], [0, 1], 2, 50, 0.5], expected: Math.LN2 / 50, within: 1e-9}, // prettier-ignore
      {args: [[[1, 0.5], [0.5, 1]], [3, 3], 2, 50, 0.5], expected: Math.LN2 / 2, within: 1e-9}, // prettier-ignore
      {args: [[[1, 0.8, 0.3, -0.2], [0.8, 1, 0.6, 0.1], [0.3, 0.6, 1, 0.4], [-0.2, 0.1, 0.4, 1]], [0, 0, 1, 0], 2, 10, 0.5], expected: 0.709459050771, within: 1e-9} // prettier-ignore
    ]
  }
};
