/** Reads when a compute pass begins and ends on the GPU. */
export interface Stopwatch {
  /** For the pass's descriptor. */
  timestampWrites: GPUComputePassTimestampWrites;
  /** Records, behind the pass, what makes the reading readable. */
  stop(encoder: GPUCommandEncoder): void;
  /** Milliseconds between begin and end, once it is submitted. */
  read(): Promise<number>;
}

/** A stopwatch, where the device has timestamps. */
export function stopwatch(device: GPUDevice): Stopwatch | null {
  if (!device.features.has("timestamp-query")) return null;
  const {QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ} = GPUBufferUsage;
  const querySet = device.createQuerySet({type: "timestamp", count: 2});
  const resolved = device.createBuffer({size: 16, usage: QUERY_RESOLVE | COPY_SRC});
  const readable = device.createBuffer({size: 16, usage: COPY_DST | MAP_READ});
  return {
    timestampWrites: {querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1},
    stop(encoder) {
      encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, readable, 0, 16);
    },
    async read() {
      await readable.mapAsync(GPUMapMode.READ);
      const [began, ended] = new BigUint64Array(readable.getMappedRange());
      for (const own of [querySet, resolved, readable]) own.destroy();
      return Number(ended - began) / 1e6;
    }
  };
}
