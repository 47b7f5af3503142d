import {mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {replaceFile, withLock} from "../../tools/framework/files.js";
import {assets} from "../../tools/site/assets.js";
import {buildSite} from "../../tools/site/build.js";
import {pageHead, toRoot} from "../../tools/site/head.js";
import {pageInfo, sidebar} from "../../tools/site/pages.js";
import {freePort} from "../../tools/site/port.js";
import {siteListener} from "../../tools/site/server.js";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "site-"))));
afterEach(() => rmSync(folder, {recursive: true}));

function page(name: string, text: string): void {
  mkdirSync(join(folder, name, ".."), {recursive: true});
  writeFileSync(join(folder, name), text);
}

test("the sidebar has four weeks, their pages by order and then by title", () => {
  page("week1/b.md", "---\ntitle: Second\norder: 2\n---\n");
  page("week1/c.md", "# Unordered Z\n");
  page("week1/d.md", "# Unordered A\n");
  page("week1/a.md", "---\ntitle: Third\norder: 3\n---\n");
  page("week1/note.ts", "");
  const weeks = sidebar(folder);
  expect(weeks).toHaveLength(4);
  expect(weeks[0].pages.map(({name}) => name)).toEqual(["Second", "Third", "Unordered A", "Unordered Z"]);
  expect(weeks[0].pages[0].path).toBe("/week1/b");
});

test("a week without pages leads to its part of the programme", () => {
  expect(sidebar(folder)[2]).toMatchObject({path: "/index#week-3", pages: [], pager: null});
});

test("the pages that serve all weeks follow them", () => {
  page("glossary.md", "---\ntitle: Glossary\n---\n");
  expect(sidebar(folder)[4]).toMatchObject({name: "Reference", pages: [{name: "Glossary", path: "/glossary"}]});
});

test("a page says its title, its order and its description", () => {
  page("week1/a.md", "---\ntitle: T\norder: 4\ndescription: One sentence.\n---\n# H\n");
  expect(pageInfo(folder, "/week1/a")).toEqual({path: "/week1/a", title: "T", order: 4, description: "One sentence."});
  expect(pageInfo(folder, "/week1/none")).toBeUndefined();
});

test("the head's addresses are relative to the page and its description is escaped", async () => {
  page("week1/a.md", '---\ndescription: A "b" < c.\n---\n');
  const head = await pageHead({root: folder, preview: true, script: "1"});
  expect(head({path: "/week1/a"})).toContain('href="../assets/math.css"');
  expect(head({path: "/week1/a"})).toContain('<meta name="description" content="A &quot;b&quot; &lt; c.">');
  expect([toRoot("/index"), toRoot("/week1/a"), toRoot("/a/b/c")]).toEqual(["./", "../", "../../"]);
});

test("every font that a style sheet of the site names is a file of the site", async () => {
  const files = await assets();
  const names = new Set(files.map(({name}) => name));
  for (const sheet of ["assets/fonts.css", "assets/math.css"]) {
    const css = String(await files.find(({name}) => name === sheet)!.read());
    const urls = [...css.matchAll(/url\((?:\.\/)?([^)]+)\)/g)].map(([, url]) => url);
    expect(urls.length).toBeGreaterThan(5);
    expect(urls.filter((url) => !names.has(`assets/${url}`))).toEqual([]);
  }
});

test("a file is replaced whole and nothing stays beside it", async () => {
  const path = join(folder, "a/b.txt");
  await Promise.all(["one", "two"].map((text) => replaceFile(path, text)));
  expect(["one", "two"]).toContain(readFileSync(path, "utf8"));
  expect(readdirSync(join(folder, "a"))).toEqual(["b.txt"]);
});

test("work under one lock runs one after the other, also when it fails", async () => {
  const lock = join(folder, "lock");
  let inside = 0;
  const work = async () => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    --inside;
    throw new Error("failed");
  };
  const ends = await Promise.allSettled([1, 2, 3].map(() => withLock(lock, work)));
  expect(ends.map(({status}) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(readdirSync(folder)).toEqual([]);
});

test("the lock of a process that is gone is taken over", async () => {
  writeFileSync(join(folder, "lock"), "999999999");
  expect(await withLock(join(folder, "lock"), async () => "done")).toBe("done");
});

test("a build refuses a folder that holds something else", async () => {
  page("mine.txt", "x");
  await expect(buildSite(folder)).rejects.toThrow(`expected an empty folder or an earlier build, got ${folder}`);
  expect(readFileSync(join(folder, "mine.txt"), "utf8")).toBe("x");
});

test("a taken port gives the next one", async () => {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const {port} = server.address() as AddressInfo;
  expect(await freePort(port, "127.0.0.1")).toBeGreaterThan(port);
  server.close();
});

test("the server isolates, honours the base path and stays inside its folder", async () => {
  page("site/week1/a.html", "page a");
  page("site/404.html", "nothing here");
  page("secret.txt", "secret");
  const server = createServer(siteListener(join(folder, "site"), {base: "/x/"}));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = async (path: string) => {
    const response = await fetch(origin + path);
    return [response.status, await response.text(), response.headers.get("cross-origin-embedder-policy")];
  };
  expect(await get("/x/week1/a")).toEqual([200, "page a", "require-corp"]);
  expect(await get("/x/none")).toEqual([404, "nothing here", "require-corp"]);
  expect((await get("/week1/a"))[0]).toBe(404);
  expect((await get("/x/..%2fsecret.txt"))[0]).toBe(404);
  server.close();
});
