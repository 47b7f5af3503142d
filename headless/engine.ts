import type {Arrays} from "../src/components/train/arrays.js";
import type {Numbers} from "../src/components/train/protocol.js";
import type {Batch, Block} from "../src/components/train/task.js";

/** Where a run is computed. It holds the newest state and nothing else of the run; arrays go in and out. */
export interface Engine {
  /** Backend and version, for the record: `onnxruntime 1.30.0, 2 threads`. */
  readonly name: string;
  /**
   * Floating-point operations of the last step and of the last evaluation, for the whole batch: convolutions and matrix
   * products by their shapes, 2 for a multiplication and its addition. 0 before the first.
   */
  readonly flops: Readonly<{step: number; evaluate: number}>;
  /** One `Task.step` at the given learning rate; the engine's state is then the new one. */
  step(batch: Batch, rate: number): Promise<Numbers>;
  /** `Task.evaluate`: sums over the batch. */
  evaluate(batch: Batch): Promise<Numbers>;
  /** `Task.predict`: one row for each record of the batch. */
  predict(batch: Batch): Promise<Block>;
  /** Copies of the newest state's leaves. */
  state(): Promise<Arrays>;
  release(): Promise<void>;
}
