/**
 * Lets the event loop run whatever waits, then comes back.
 * A hidden tab throttles timers and animation frames; it throttles neither messages nor Node's immediates.
 */
export const tick: () => Promise<void> =
  typeof setImmediate === "function" ? () => new Promise((resolve) => setImmediate(resolve)) : byMessages();

function byMessages(): () => Promise<void> {
  const {port1, port2} = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()!();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
