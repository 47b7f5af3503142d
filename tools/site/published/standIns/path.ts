/** The part of Node's `path/posix` that Framework's parser calls. */
export const join = (...parts: string[]): string => normalize(parts.filter(Boolean).join("/"));

/** Resolves `.` and `..`; a path that begins with `/` does not leave the root. */
export function normalize(path: string): string {
  const absolute = path.startsWith("/");
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name === ".." && names.length && names.at(-1) !== "..") names.pop();
    else if (name !== ".." || !absolute) names.push(name);
  }
  const end = path.endsWith("/") && (names.length || !absolute) ? "/" : "";
  const normal = names.join("/") || (absolute ? "" : ".");
  return (absolute ? "/" : "") + normal + end;
}

/** The folder of a path. */
export const dirname = (path: string): string =>
  /^(.*)\/[^/]*$/.exec(path.replace(/\/$/, ""))?.[1] || (path.startsWith("/") ? "/" : ".");

/** `.csv` of `a/b.csv`; nothing of `.csv`. */
export function extname(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name === ".." ? "" : (/.(\.[^.]*)$/.exec(name)?.[1] ?? "");
}

export default {join, normalize, dirname, extname};
