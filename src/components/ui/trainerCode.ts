import type {CodeSlot} from "../train/cellCode.js";
import type {RunSpec} from "../train/protocol.js";
import type {Values} from "./trainerState.js";

interface Options {
  spec: (values: Values) => Omit<RunSpec, "module">;
  code?: CodeSlot;
}

/**
 * A panel's run and inputs with the code that cells have offered. The code counts as an input, `code`, so that curves
 * of other code are stale; no control shows it.
 */
export function offeredCode({spec, code}: Options) {
  return {
    spec(values: Values): Omit<RunSpec, "module"> {
      const run = spec(values);
      return code ? {...run, config: {...run.config, ...code.offered()}} : run;
    },
    values: (values: Values): Values => (code ? {...values, code: JSON.stringify(code.offered())} : values),
    watch: (listener: () => void): void => code?.watch(listener)
  };
}
