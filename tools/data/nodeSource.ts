import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Source} from "../../src/components/data/records.js";
import {dataFolder} from "../catalogue.js";

/**
 * The data folder as a source, for Node.
 *
 * @throws Error from `open` if a file is not there, with the command that gets it.
 */
export function nodeSource(folder = dataFolder(), progress: Source["progress"] = () => {}): Source {
  return {
    progress,
    async open(name) {
      const file = await readFile(join(folder, name)).catch(() => {
        const [set] = name.split("/");
        throw new Error(`nodeSource: expected ${join(folder, name)}, got no such file (npm run data -- ${set})`);
      });
      return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    }
  };
}
