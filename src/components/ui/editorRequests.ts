import {EditError, type EditStore} from "./editorStore.js";

const mark = (name: string, from: ParentNode = document) =>
  from.querySelector<HTMLMetaElement>(`meta[name="edit-${name}"]`)?.content;

/** The file of the page that is shown; undefined where nothing can be edited. */
export const editedFile = (): string | undefined => mark("file");

/** The files below `src/`, which the preview's server reads and writes. */
export const previewStore: EditStore = {
  read: (file, id) => ask(`/_edit/block?${new URLSearchParams(id === undefined ? {file} : {file, id})}`),
  save: (edit) => post("/_edit/save", edit),
  words: {
    theirs: "This stands on disk:",
    over: "Save mine over it",
    take: "Take the one on disk",
    taken: "This is the version on disk. Undo brings yours back."
  }
};

/** Makes a notebook of a name like `week2/my-notebook`; its file. @throws EditError */
export async function newNotebook(name: string): Promise<string> {
  return (await post<{file: string}>("/_edit/new", {name})).file;
}

/** Sends something to the preview that it answers in kind. @throws EditError */
export function post<T>(url: string, content: unknown): Promise<T> {
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
  throw new EditError(answer.error, response.status, answer.theirs ?? null, answer.fault?.offset);
}

/** The preview was started anew and has another token, which its pages hold. */
async function renewToken(): Promise<void> {
  const text = await fetch(location.href, {cache: "no-store"}).then((response) => response.text());
  const token = mark("token", new DOMParser().parseFromString(text, "text/html"));
  if (token) document.querySelector<HTMLMetaElement>('meta[name="edit-token"]')!.content = token;
}
