/**
 * What an edited cell can import: the modules that some page of the build uses, by the names that cells call them. Local
 * ones by their path below `src/`, `/components/ui/check.js`; packages as `npm:d3`, or bare where components import them
 * bare.
 */
export function modulesOf(names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const local = /^_import(\/.+)\.[0-9a-f]{8}\.js$/.exec(name);
      if (local) return [[`${local[1]}.js`, name]];
      const npm = /^_npm\/((?:@[^/]+\/)?[^/@]+)@[^/]+\/[0-9a-f]{8}\.js$/.exec(name);
      if (npm) return [[`npm:${npm[1]}`, name]];
      const bare = /^_node\/((?:@[^/]+\/)?[^/@]+)@[^/]+\/index\.[0-9a-f]{8}\.js$/.exec(name);
      return bare ? [[bare[1], name]] : [];
    })
  );
}
