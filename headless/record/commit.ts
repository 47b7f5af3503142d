import {execFileSync} from "node:child_process";

/**
 * The commit of the code in a folder. `+changes` follows when a file differs from it or is new; recorded runs do not
 * count, for they are no code. "unknown" where there is no git, or no repository.
 */
export function commit(folder = process.cwd()): string {
  const git = (...words: string[]) =>
    execFileSync("git", words, {cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"]}).trim();
  try {
    const hash = git("rev-parse", "HEAD");
    return git("status", "--porcelain", "--", ":/", ":(top,exclude)src/data") ? `${hash}+changes` : hash;
  } catch {
    return "unknown";
  }
}
