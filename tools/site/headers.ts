import type {ServerResponse} from "node:http";

/** Cross-origin isolation: what threads and shared memory need of a page and of everything it loads. */
export function isolate(response: ServerResponse): void {
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
}

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  ts: "text/plain; charset=utf-8",
  woff2: "font/woff2"
};

/** The media type of a file by its name. */
export const mediaType = (name: string): string => types[name.split(".").at(-1)!] ?? "application/octet-stream";
