import {mkdir, open, realpath} from "node:fs/promises";
import {join} from "node:path";
import {Refusal, sentence} from "./refusal.js";

const pattern = /^week[1-4]\/([a-z0-9]+(?:-[a-z0-9]+)*)$/;

/**
 * Makes a notebook from the template: `week2/my-notebook` becomes `src/week2/my-notebook.md`, which the sidebar lists at
 * once. @returns its file below the source root.
 *
 * @throws Refusal if the name is none of a notebook, if there is one of that name, or if the folder leads elsewhere.
 */
export async function createNotebook(root: string, name: unknown): Promise<string> {
  const title = typeof name === "string" ? pattern.exec(name)?.[1].replaceAll("-", " ") : undefined;
  if (!title) throw new Refusal(422, `expected a name like week2/my-notebook, got ${JSON.stringify(name)}`);
  const file = `${name}.md`;
  const top = await realpath(root);
  const folder = join(top, file.split("/")[0]);
  await mkdir(folder, {recursive: true});
  if ((await realpath(folder)) !== folder) throw new Refusal(403, `expected a folder of pages, got ${folder}, a link`);
  const made = await open(join(top, file), "wx").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EEXIST"
      ? new Refusal(409, `expected a new name, got ${name}, which exists`)
      : sentence(error, file);
  });
  try {
    await made.writeFile(template(title[0].toUpperCase() + title.slice(1)));
  } finally {
    await made.close();
  }
  return file;
}

const template = (title: string): string => `---
title: ${JSON.stringify(title)}
---

# ${title}

What is the question?

$$
y = x
$$ {#eq:first}

By [eq:first] the value below is the one that is chosen.

\`\`\`ts
const x = view(Inputs.range([0, 1], {value: 0.5, step: 0.01, label: "x"}));
\`\`\`

\`\`\`ts
display(x);
\`\`\`
`;
