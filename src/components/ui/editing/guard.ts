/** How long cells may run before the page counts as one that goes on, in milliseconds. */
const settled = 3000;

/** Whether changes that the browser keeps may run at once when their page is opened. */
export interface Guard {
  /** The last time this page was opened they did not come to an end: it hung, or was closed before. */
  hung: boolean;
  /** Notes that changes begin to run. */
  running(): void;
}

/** A note in the browser's storage while changes run: a page that hangs cannot remove it, and is not hung again by them. */
export function guardOf(key: string): Guard {
  const write = (work: () => void) => {
    try {
      work();
    } catch {
      return; // nothing is kept here, so nothing runs when the page is opened
    }
  };
  let hung = false;
  write(() => {
    const since = localStorage.getItem(key);
    hung = since !== null && !(Date.now() - Number(since) < settled); // a younger note is another tab's, at work
  });
  const done = () => write(() => localStorage.removeItem(key));
  addEventListener("pagehide", done);
  return {
    hung,
    running() {
      write(() => localStorage.setItem(key, String(Date.now())));
      setTimeout(done, settled);
    }
  };
}
