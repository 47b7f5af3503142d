/** A convolution of a ResNet: images (batch, size, size, inputs) to `outputs` channels. */
export interface Layer {
  batch: number;
  size: number;
  inputs: number;
  outputs: number;
  taps: 1 | 3;
  stride: 1 | 2;
}

const layer = (batch: number, size: number, inputs: number, outputs = inputs, taps: 1 | 3 = 3, stride: 1 | 2 = 1): Layer => ({batch, size, inputs, outputs, taps, stride}); // prettier-ignore

export const layers: Layer[] = [
  layer(32, 32, 64),
  layer(128, 32, 64),
  layer(32, 16, 128),
  layer(32, 8, 256),
  layer(32, 32, 64, 128, 3, 2),
  layer(32, 32, 64, 128, 1, 2),
  layer(128, 32, 16),
  layer(128, 32, 16, 32, 3, 2)
];

/** The layers that the bar is set for: 3 × 3, stride 1, 64 channels. */
export const isBar = ({taps, stride, inputs, outputs}: Layer) =>
  taps === 3 && stride === 1 && inputs === 64 && outputs === 64;

/** Multiplications and additions of one pass; forward, dx and dw have the same number. */
export const flops = ({batch, size, inputs, outputs, taps, stride}: Layer) =>
  2 * batch * (size / stride) ** 2 * taps ** 2 * inputs * outputs;

export const title = ({batch, size, inputs, outputs, taps, stride}: Layer) =>
  `${taps}×${taps}${stride > 1 ? ` /${stride}` : ""} ${inputs}→${outputs}, ${size}×${size}, batch ${batch}`;
