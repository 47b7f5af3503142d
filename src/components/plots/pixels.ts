/** Images one after another, interleaved (N, H, W, C) with C = 1 or 3: bytes, or real numbers such as filters. */
export interface Images {
  data: Uint8Array | Float32Array;
  height: number;
  width: number;
  channels: number;
}

/** How many images there are. */
export function imageCount({data, height, width, channels}: Images): number {
  return data.length / (height * width * channels);
}

/**
 * One image as RGBA. Bytes are shown as they are; real numbers are stretched so that zero is middle grey and the value
 * of largest size is black or white, the same stretch for all channels of the image.
 */
export function rgba(images: Images, index: number): Uint8ClampedArray<ArrayBuffer> {
  const {data, height, width, channels} = images;
  if (channels !== 1 && channels !== 3) throw new RangeError(`rgba: expected 1 or 3 channels, got ${channels}`);
  if (!(index >= 0 && index < imageCount(images))) {
    throw new RangeError(`rgba: expected an image below ${imageCount(images)}, got ${index}`);
  }
  const size = height * width;
  const from = index * size * channels;
  const level = data instanceof Uint8Array ? (x: number) => x : stretch(data.subarray(from, from + size * channels));
  const result = new Uint8ClampedArray(size * 4);
  for (let i = 0; i < size; ++i) {
    for (let c = 0; c < 3; ++c) result[4 * i + c] = level(data[from + i * channels + (channels === 3 ? c : 0)]);
    result[4 * i + 3] = 255;
  }
  return result;
}

function stretch(values: Float32Array): (x: number) => number {
  const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  return (x) => 127.5 * (1 + x / largest);
}
