/**
 * The name of a module whatever build its URL belongs to: `…/_import/week2/resnetTask.1a2b3c4d.js?sha=…` → `week2/resnetTask`.
 * Checkpoints outlive builds: pages compare these names, and resume with the URL of their own build.
 */
export function moduleName(url: string): string {
  const path = url.replace(/[?#].*$/, "").replace(/^.*\/_import\//, "");
  return path.replace(/(\.[0-9a-f]{8})?\.[jt]s$/, "");
}
