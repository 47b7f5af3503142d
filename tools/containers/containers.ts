/** The blocks that a page writes between lines of colons. */
export const names = ["derivation", "step", "exercise", "hint", "solution", "identity", "why"] as const;
export type Name = (typeof names)[number];

/** What a block must stand in; the others may stand anywhere. */
export const parents: Partial<Record<Name, Name>> = {
  step: "derivation",
  hint: "exercise",
  solution: "exercise",
  why: "identity"
};

export const grades = ["routine", "standard", "hard"];

/** What becomes of a block: an element, and in it a title, which is Markdown. */
export interface Container {
  tag: string;
  attributes: Record<string, string>;
  title: string;
  titleTag: string;
  titleAttributes: Record<string, string>;
  /** What is wrong with the words after the block's name. */
  problem?: string;
}

/**
 * Reads the line that opens a block.
 *
 *   derivation TITLE              step TITLE            one of its steps
 *   exercise ID GRADE "TITLE"     hint   solution       inside it
 *   identity "SECTION" TITLE      why                   inside it; the section of the Matrix Cookbook, or ""
 *
 * @param words what follows the name.
 * @param number which hint or step of its block it is, from 1.
 */
export function readContainer(name: Name, words: string, number: number): Container {
  const block = readers[name](words, number);
  return block.title ? block : {...block, problem: block.problem ?? `expected a title after ${name}, got none`};
}

const readers: Record<Name, (words: string, number: number) => Container> = {
  derivation: (words) => ({
    ...{tag: "section", attributes: {class: "stepwise"}},
    ...{title: words, titleTag: "p", titleAttributes: {class: "stepwise-title"}}
  }),
  step: (words, number) => fold("stepwise-step", words && `${number}. ${words}`),
  exercise(words) {
    const [, id = "exercise", grade = "", title = words] = /^([\w-]+) (\w+) "(.+)"$/.exec(words) ?? [];
    const wanted = `expected exercise ID ${grades.join("|")} "TITLE"`;
    return {
      ...{tag: "section", attributes: {class: "exercise", id, "aria-labelledby": `${id}-title`}},
      ...{title, titleTag: "h3", titleAttributes: {id: `${id}-title`, "data-grade": grade}},
      problem: grades.includes(grade) ? undefined : `${wanted}, got exercise ${words}`
    };
  },
  hint: (words, number) => fold("exercise-hint", `Hint ${number}`, words),
  solution: (words) => fold("exercise-solution", "Solution", words),
  identity(words) {
    const [, section, title = words] = /^"([^"]*)" (.+)$/.exec(words) ?? [];
    return {
      ...{tag: "section", attributes: {class: "identity"}},
      ...{title, titleTag: "p", titleAttributes: {class: "identity-title", "data-section": section ?? ""}},
      problem: section === undefined ? `expected identity "SECTION" TITLE, got identity ${words}` : undefined
    };
  },
  why: (words) => fold("identity-why", "Derivation", words)
};

const fold = (style: string, title: string, surplus = ""): Container => ({
  ...{tag: "details", attributes: {class: style}, title, titleTag: "summary", titleAttributes: {}},
  problem: surplus ? `expected nothing after the block's name, got ${surplus}` : undefined
});
