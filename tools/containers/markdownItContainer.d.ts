/** The package's own types are those of another build of markdown-it. */
declare module "markdown-it-container" {
  import type MarkdownIt from "markdown-it";
  import type {RenderRule} from "markdown-it/lib/renderer.mjs";
  export default function container(md: MarkdownIt, name: string, options: {render: RenderRule}): void;
}
