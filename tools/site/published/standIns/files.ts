/** Framework's parser can also follow imports through files, which nobody asks it to do here. */
export const readFile = (): Promise<never> => Promise.reject(new Error("readFile: there are no files in a page"));
