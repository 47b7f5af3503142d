/** Latin letters without their accents, for the anchors of headings, in place of a package with tables for all scripts. */
export default function transliterate(text: string, options: {customReplacements: Iterable<[string, string]>}): string {
  const replaced = [...options.customReplacements].reduce((text, [from, to]) => text.replaceAll(from, to), text);
  return replaced.normalize("NFKD").replace(/\p{M}/gu, "");
}
