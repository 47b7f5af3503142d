/** A split of an image data set as bytes: N images of H × W × C, interleaved (NHWC), and their classes. */
export interface Records {
  images: Uint8Array; // (N, H, W, C)
  labels: Uint8Array; // (N)
  count: number;
  height: number;
  width: number;
  channels: number;
  classes: string[];
  /** SHA-256 of the file or the generator's constants that these records came from. */
  digest: string;
  /** What a reader must know before comparing a number with a published one; empty when there is nothing. */
  note: string;
}

/** Where a loader gets its files: the site's catalogue in a browser, a folder or an archive in Node. */
export interface Source {
  /**
   * The bytes of a catalogued file, for example `cifar10/train-0.bin`. Throws when it is not there.
   * `advance` is told how much of it has come, 0 to 1, where that takes time.
   */
  open(name: string, advance?: (fraction: number) => void): Promise<ArrayBuffer>;
  /** Reports how far a load has come, 0 to 1. */
  progress(fraction: number, what: string): void;
}

/** A data set as it is trained on. `test` is never trained on and never tuned on. */
export interface DataSet {
  train: Records;
  test: Records;
}
