// @vitest-environment jsdom
import {beforeEach, expect, test, vi} from "vitest";
import {source} from "../../src/components/ui/source.js";

const text = "/** Twice. */\nexport const twice = (x: number) => 2 * x;\n\nexport const other = 1;\n";
const html = text.replace("/** Twice. */", '<span class="hljs-comment">/** Twice. */</span>').replace("=>", "=&gt;");
const copied: string[] = [];

beforeEach(() => {
  copied.length = 0;
  vi.stubGlobal("fetch", async (url: string) => {
    if (!url.includes("/source/components/math/twice.ts")) return new Response("", {status: 404});
    return new Response(url.endsWith(".html") ? html : text);
  });
  Object.assign(navigator, {clipboard: {writeText: async (value: string) => void copied.push(value)}});
});

test("a listing shows one declaration as it stands in the file and links to the rest", async () => {
  const listing = source("components/math/twice.ts", {symbol: "twice"});
  const code = await vi.waitFor(() => listing.querySelector("code") ?? expect.fail(), {timeout: 20_000});
  expect(code.textContent).toBe("/** Twice. */\nexport const twice = (x: number) => 2 * x;");
  expect(code.querySelector(".hljs-comment")!.textContent).toBe("/** Twice. */");
  expect(listing.querySelector("a")!.href).toMatch(/\/source\/components\/math\/twice\.ts$/);
  expect(listing.textContent).toContain("src/components/math/twice.ts › twice");
});

test("what is copied is the source, not its colours", async () => {
  const listing = source("components/math/twice.ts");
  const copy = await vi.waitFor(() => listing.querySelector("button") ?? expect.fail(), {timeout: 20_000});
  copy.click();
  await vi.waitFor(() => expect(copied).toEqual([text.trimEnd()]), {timeout: 20_000});
});

test("a file or a declaration that is not there is said in the listing", async () => {
  const missing = source("components/math/none.ts");
  await vi.waitFor(() => expect(missing.textContent).toContain("none.ts answered 404"), {timeout: 20_000});
  const unknown = source("components/math/twice.ts", {symbol: "thrice"});
  await vi.waitFor(() => expect(unknown.textContent).toContain("expected a declaration of thrice, got none"), {
    timeout: 20_000
  });
});
