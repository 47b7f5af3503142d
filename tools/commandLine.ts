import {parseArgs, type ParseArgsConfig} from "node:util";

/** The options a command was called with. Others than it knows end it with one sentence and exit code 1. */
export function commandLine<T extends ParseArgsConfig>(command: string, config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const known = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    const [reason] = (error as Error).message.split(". ");
    console.error(`${command}: expected ${known.join(", ") || "no options"}, got: ${reason}`);
    process.exit(1);
  }
}
