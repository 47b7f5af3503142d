import matter from "gray-matter";

export interface FrontMatter {
  data: Record<string, unknown>;
  /** The markdown below it. */
  content: string;
  /** What YAML says is wrong, with the line from 1. The text is then all content, as Framework takes it. */
  problem?: {line: number; message: string};
}

/** The front matter of a page's text. */
export function frontMatter(text: string): FrontMatter {
  try {
    const {data, content} = matter(text, {}); // the second argument turns off gray-matter's cache of parsed texts
    return {data, content};
  } catch (error) {
    const {mark, reason} = error as {mark?: {line: number}; reason?: string};
    if (!mark) throw error;
    return {data: {}, content: text, problem: {line: mark.line + 1, message: `front matter: ${reason}`}};
  }
}
