/** The ids of cells in edited text: FNV-1a over UTF-16, which only has to tell the cells of one page apart. */
export function createHash() {
  let hash = 0x811c9dc5;
  const it = {
    update(text: string) {
      for (let i = 0; i < text.length; ++i) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      return it;
    },
    digest: () => (hash >>> 0).toString(16).padStart(8, "0")
  };
  return it;
}
