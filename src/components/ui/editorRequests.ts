/** Where a block was read; the server finds it again by it. A component has the digest of the whole file alone. */
export interface BlockPlace {
  digest: string;
  id?: string;
  copies?: number;
  above?: string | null;
  below?: string | null;
}

/** A block as the server sends it. */
export interface SourceBlock {
  file: string;
  kind: "cell" | "listing" | "mathematics" | "table" | "html" | "prose" | "component";
  language: string;
  text: string;
  /** The line of the file on which it begins. */
  line: number;
  place: BlockPlace;
}

/** What a save answers. */
export interface SaveAnswer {
  digest: string;
  before: string;
  block: SourceBlock | null;
}

/** A request that was not done: why, and for a conflict (409) what stands on disk now. */
export class EditError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly theirs: SourceBlock | null = null
  ) {
    super(message);
  }
}

const mark = (name: string, from: ParentNode = document) =>
  from.querySelector<HTMLMetaElement>(`meta[name="edit-${name}"]`)?.content;

/** The file of the page that is shown; undefined where nothing can be edited. */
export const editedFile = (): string | undefined => mark("file");

/** The source of a block of the page; of a component, the whole file. @throws EditError */
export function readBlock(file: string, id?: string): Promise<SourceBlock> {
  return ask(`/_edit/block?${new URLSearchParams(id === undefined ? {file} : {file, id})}`);
}

/** Sends an edit to be saved. @throws EditError; nothing was written then. */
export function sendEdit(edit: Record<string, unknown>): Promise<SaveAnswer> {
  return post("/_edit/save", edit);
}

/** Makes a notebook of a name like `week2/my-notebook`; its file. @throws EditError */
export async function newNotebook(name: string): Promise<string> {
  return (await post<{file: string}>("/_edit/new", {name})).file;
}

function post<T>(url: string, content: unknown): Promise<T> {
  const headers = {"Content-Type": "application/json"};
  return ask(url, {method: "POST", headers, body: JSON.stringify(content)});
}

async function ask<T>(url: string, init: RequestInit = {}, again = true): Promise<T> {
  const headers = {...init.headers, "X-Edit-Token": mark("token") ?? ""};
  const response = await fetch(url, {...init, headers}).catch(() => {
    throw new EditError("the preview does not answer: start it again with npm run dev, then save again", 0);
  });
  const answer = await response.json();
  if (response.ok) return answer as T;
  if (answer.reason === "token" && again) {
    await renewToken();
    return ask(url, init, false);
  }
  throw new EditError(answer.error, response.status, answer.theirs ?? null);
}

/** The preview was started anew and has another token, which its pages hold. */
async function renewToken(): Promise<void> {
  const text = await fetch(location.href, {cache: "no-store"}).then((response) => response.text());
  const token = mark("token", new DOMParser().parseFromString(text, "text/html"));
  if (token) document.querySelector<HTMLMetaElement>('meta[name="edit-token"]')!.content = token;
}
