import {createHash} from "node:crypto";
import {join} from "node:path";
import {parseRunRecord, type RecordedFile, type RunRecord} from "../../src/components/data/runRecord.js";
import type {Arrays} from "../../src/components/train/arrays.js";
import type {Predicted} from "../../src/components/train/protocol.js";
import {packLogits, packWeights} from "../../src/components/train/weights.js";
import {writeWhole} from "./writeWhole.js";

/** What a run leaves: its last state, and its logits with the labels of the records they are for; null if not kept. */
export interface Results {
  state: Arrays | null;
  logits: Predicted | null;
}

/**
 * Writes a run's weights, its logits, and then the record that names both by their digests: a record that is there is
 * complete. `folder` gets `runs/<name>.json`, and of what was kept `weights/<name>.safetensors` and `weights/<name>-logits.safetensors`.
 *
 * @throws Error before anything is written if the record or the results are not of the right form.
 */
export async function writeRun(
  folder: string,
  run: Omit<RunRecord, "weights" | "logits">,
  {state, logits}: Results
): Promise<RunRecord> {
  const {module, config} = parseRunRecord({...run, weights: null, logits: null}).recipe;
  const weights = state && named(`weights/${run.name}.safetensors`, packWeights({module, config, state}));
  const rows = logits && named(`weights/${run.name}-logits.safetensors`, packLogits(logits));
  const record: RunRecord = {...run, weights: weights && weights.about, logits: rows && rows.about};
  for (const file of [weights, rows]) if (file) await writeWhole(join(folder, file.about.file), file.bytes);
  await writeWhole(join(folder, `runs/${run.name}.json`), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

function named(file: string, bytes: Uint8Array): {about: RecordedFile; bytes: Uint8Array} {
  const digest = createHash("sha256").update(bytes).digest("hex");
  return {about: {file, bytes: bytes.length, digest}, bytes};
}
