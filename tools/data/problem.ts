/** A sentence for the user: what was expected and what was found. No stack belongs to it. */
export class Problem extends Error {}

const reasons: Record<string, string> = {
  ENOSPC: "a full disk",
  EDQUOT: "a used-up disk quota",
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "a read-only disk",
  ENOTDIR: "a file where a folder belongs",
  EISDIR: "a folder where a file belongs",
  ENOENT: "nothing there"
};

/** A file system's refusal as a sentence; anything else as it is. */
export function explained(error: unknown, expected: string): unknown {
  const {code, path} = error as NodeJS.ErrnoException;
  if (error instanceof Problem || !code || !(code in reasons)) return error;
  return new Problem(`Expected ${expected}${path ? ` (${path})` : ""}, got ${reasons[code]}.`);
}

/** 170,052,171 */
export const grouped = (n: number): string => n.toLocaleString("en-US");
