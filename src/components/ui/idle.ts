/** When the browser has nothing else to do, or three seconds have passed; soon, where it cannot tell (Safari). */
export const idle = (): Promise<void> =>
  new Promise((done) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => done(), {timeout: 3000});
    else setTimeout(done, 200);
  });
