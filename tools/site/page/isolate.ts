/**
 * Cross-origin isolation where the host cannot send headers: threads and shared memory need it. The service worker at
 * the site's root adds the headers, which takes one reload; a host that sends them itself never comes here.
 */
const script = document.currentScript as HTMLScriptElement;

async function isolate(): Promise<void> {
  if (crossOriginIsolated || !isSecureContext || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(new URL(script.dataset.worker!, document.baseURI));
  await navigator.serviceWorker.ready;
  if (sessionStorage.getItem("isolated")) return; // one reload per tab, whatever comes of it
  sessionStorage.setItem("isolated", "tried");
  location.reload();
}

isolate().catch(() => undefined); // storage or workers forbidden: the page works, without threads
