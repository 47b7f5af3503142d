import {sentence} from "./sentence.js";

const signs = /allocation failed|invalid typed array length|out of memory|\boom\b|cannot enlarge memory|too large for/i;

/** Whether an error of the processor's own memory, or of wasm's, says that there is none left. */
const saysSo = (error: unknown): boolean => signs.test(sentence(error));

/**
 * What to say of an error that ended a run: its own sentence; where memory was short, the batch to try.
 *
 * @param short whether the GPU has said that its memory is.
 */
export function failureSentence(error: unknown, {batch, short}: {batch: number; short: boolean}): string {
  if (!short && !saysSo(error)) return sentence(error);
  const where = short ? "The GPU" : "This machine";
  const advice = batch > 1 ? `a batch of ${Math.floor(batch / 2)}` : "a smaller model or smaller images";
  return `${where} has too little memory for a batch of ${batch}: try ${advice}.`;
}
