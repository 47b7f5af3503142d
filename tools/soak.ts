import {spawn} from "node:child_process";
import {provideChromium} from "./browser.js";
import {commandLine} from "./commandLine.js";

/** npm run soak: random edits in the preview of a copy of the notebooks, half an hour unless told otherwise. */
const {values} = commandLine("soak", {
  options: {minutes: {type: "string", default: "30"}, seed: {type: "string", default: "1"}}
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error(`soak: expected minutes > 0 and a whole seed, got ${values.minutes} and ${values.seed}`);
  process.exitCode = 1;
} else {
  const command = ["run", "--config", "vitest.long.config.ts", "test/long/editorSoak.test.ts"];
  const env = {
    ...process.env,
    CHROME_PATH: provideChromium(),
    SOAK_SECONDS: String(60 * minutes),
    SOAK_SEED: String(seed)
  };
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", ...command], {stdio: "inherit", env});
  child.on("close", (code) => (process.exitCode = code ?? 1));
}
