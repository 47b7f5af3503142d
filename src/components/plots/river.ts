import {formatNumber} from "../ui/number.js";
import {type Figure, figure} from "./figure.js";
import {logTick} from "./series.js";

/** One layer: five quantiles, 5 % to 95 %, of what it puts out, and the size of the gradient that reaches it. */
export interface RiverLayer {
  quantiles: number[];
  gradient: number;
}

export interface River {
  activations: Figure;
  gradients: Figure;
  show(layers: RiverLayer[]): void;
}

/** How values spread from layer to layer, as bands that flow from the input to the last layer, and gradients as bars. */
export function river(captions: {activations?: string; gradients?: string} = {}): River {
  const [activations, gradients] = [
    figure((Plot) => Plot.plot({}), {alt: "Nothing computed yet."}),
    figure((Plot) => Plot.plot({}), {alt: "Nothing computed yet."})
  ];
  return {
    activations,
    gradients,
    show(layers) {
      drawActivations(activations, layers, captions.activations);
      drawGradients(gradients, layers, captions.gradients);
    }
  };
}

const tall = (width: number): number => Math.max(200, Math.min(300, width * 0.42));
const frame = {marginBottom: 42, marginLeft: 56, marginTop: 24, style: {background: "none", fontSize: "12px"}};

function drawActivations(target: Figure, layers: RiverLayer[], caption?: string): void {
  const rows = layers.map(({quantiles: [a, b, c, d, e]}, layer) => ({layer, a, b, c, d, e}));
  const last = layers[layers.length - 1].quantiles;
  target.update(
    (Plot, {width}) =>
      Plot.plot({
        ...frame,
        width,
        height: tall(width),
        x: {label: "layer (0 is the input)", ticks: Math.max(3, Math.floor(width / 90))},
        y: {label: "activation", grid: true},
        marks: [
          Plot.areaY(rows, {x: "layer", y1: "a", y2: "e", fill: "var(--series-1)", fillOpacity: 0.18}),
          Plot.areaY(rows, {x: "layer", y1: "b", y2: "d", fill: "var(--series-1)", fillOpacity: 0.35}),
          Plot.lineY(rows, {x: "layer", y: "c", stroke: "var(--series-1)", strokeWidth: 2}),
          Plot.ruleY([0])
        ]
      }),
    {
      alt: `Activations by layer. From the 5th to the 95th of a hundred: ${span(layers[0].quantiles)} at the input, ${span(last)} after layer ${layers.length - 1}.`,
      caption,
      data: {
        columns: ["layer", "5 %", "25 %", "50 %", "75 %", "95 %"],
        rows: layers.map(({quantiles}, i) => [i, ...quantiles])
      }
    }
  );
}

const span = (quantiles: number[]): string => `${formatNumber(quantiles[0], 3)} to ${formatNumber(quantiles[4], 3)}`;

function drawGradients(target: Figure, layers: RiverLayer[], caption?: string): void {
  const rows = layers.map(({gradient}, layer) => ({layer, gradient})).filter(({gradient}) => gradient > 0 && Number.isFinite(gradient)); // prettier-ignore
  target.update(
    (Plot, {width}) =>
      Plot.plot({
        ...frame,
        width,
        height: tall(width),
        x: {label: "layer (0 is the input)", domain: [-0.6, layers.length - 0.4], ticks: Math.max(3, Math.floor(width / 90))}, // prettier-ignore
        y: {
          label: "size of the gradient, the last layer's is 1",
          type: "log",
          grid: true,
          ticks: 6,
          tickFormat: logTick
        },
        marks: [
          Plot.ruleY([1], {strokeDasharray: "4,3"}),
          Plot.ruleX(rows, {x: "layer", y1: 1, y2: "gradient", stroke: "var(--series-2)", strokeWidth: Math.max(1.5, (0.6 * width) / layers.length / 1.4)}), // prettier-ignore
          Plot.dot(rows, {x: "layer", y: "gradient", fill: "var(--series-2)", r: 2})
        ]
      }),
    {
      alt: `Root mean square of the gradient by layer, logarithmic: ${rows.length ? formatNumber(layers[0].gradient, 3) : "0"} at the input, 1 at the last.`,
      caption,
      data: {columns: ["layer", "gradient"], rows: layers.map(({gradient}, i) => [i, gradient])}
    }
  );
}
