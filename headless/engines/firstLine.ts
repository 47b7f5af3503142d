/** The first line of what an error says: why a native binary could not be loaded is told before where it was looked for. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0];
