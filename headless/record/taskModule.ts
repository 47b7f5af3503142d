import type {TaskModule} from "../../src/components/train/task.js";

/**
 * The module that weights were trained by, as their file names it: `week2/resnetTask`.
 *
 * @param caller who asks, for the error's sentence.
 * @throws Error if the path is not one of a week's modules.
 */
export async function taskModuleOf(path: string, caller: string): Promise<TaskModule> {
  if (!/^week\d(\/\w+)+$/.test(path)) throw new Error(`${caller}: expected weights of a page's module, got ${path}`);
  return (await import(new URL(`../../src/${path}.js`, import.meta.url).href)) as TaskModule;
}
