import {gelu, geluSlope, geluTanh, sigmoid, sigmoidSlope, tanhSlope} from "../../components/math/activations.js";
import type {Curve} from "../../components/plots/curves.js";

const grid = Array.from({length: 201}, (_, i) => (i - 100) / 20);
const curve = (name: string, f: (x: number) => number): Curve => ({name, points: grid.map((x) => [x, f(x)])});

/** An activation and its slope on [−5, 5], or how far GELU's two forms are apart. */
export function activationCurves(name: string): Curve[] {
  const known: Record<string, Curve[]> = {
    sigmoid: [curve("σ", sigmoid), curve("σ′", sigmoidSlope)],
    tanh: [curve("tanh", Math.tanh), curve("tanh′", tanhSlope)],
    GELU: [curve("GELU", gelu), curve("GELU′", geluSlope)],
    "exact − tanh form": [curve("x Φ(x) − ½ x (1 + tanh u)", (x) => gelu(x) - geluTanh(x))]
  };
  return known[name];
}

/** Where GELU and its tanh form differ most on [0, 6], to 10⁻³; they differ by the same amount at −x. */
export function widestGap(): {at: number; size: number} {
  let widest = {at: 0, size: 0};
  for (let x = 0; x <= 6; x += 1e-3) {
    const size = Math.abs(gelu(x) - geluTanh(x));
    if (size > widest.size) widest = {at: x, size};
  }
  return widest;
}
