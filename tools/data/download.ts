import {mkdir, open, rename, rm, stat} from "node:fs/promises";
import {dirname} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {type Kind, notArchive} from "./archive.js";
import {explained, grouped, Problem} from "./problem.js";
import type {Report} from "./progress.js";

/** The connection ended early: what has come is kept and the rest asked for. */
class Interrupted extends Error {}

/**
 * Fetches an archive of known length into a file. What an interrupted download has brought stays in `path`.part, and
 * this call or a later one goes on from there; a server that cannot is asked for the whole again.
 *
 * @param pause milliseconds between two tries. Three in a row that bring nothing end the download.
 * @throws Problem if the server does not answer, sends something else, or the disk is full; of the latter two nothing stays.
 */
export async function download(
  url: string,
  path: string,
  {bytes, kind = "gzip", pause = 2000}: {bytes: number; kind?: Kind; pause?: number},
  report: Report
): Promise<void> {
  const part = `${path}.part`;
  try {
    await mkdir(dirname(path), {recursive: true});
    if ((await lengthOf(part)) > bytes) await rm(part); // of another archive
    for (let fruitless = 0; (await lengthOf(part)) < bytes;) {
      const before = await lengthOf(part);
      try {
        await fetchRest(url, part, {bytes, kind}, report);
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        const after = await lengthOf(part);
        fruitless = after > before ? 0 : fruitless + 1;
        if (fruitless === 3) throw gaveUp(url, bytes, after, error.message);
        await wait(pause);
      }
    }
    await rename(part, path);
  } catch (error) {
    if (!(error instanceof Problem) || !error.message.startsWith(kept)) await rm(part, {force: true});
    throw explained(error, `room for ${path}`);
  }
}

const kept = "Expected the rest";

function gaveUp(url: string, bytes: number, have: number, reason: string): Problem {
  if (!have) return new Problem(`Expected ${url} to answer, got ${reason}.`);
  return new Problem(
    `${kept} of ${url}, ${grouped(bytes)} bytes, got ${grouped(have)} (${reason}); the same command goes on from there.`
  );
}

const lengthOf = (path: string) =>
  stat(path).then(
    ({size}) => size,
    () => 0
  );

/** One request: appends what follows the part that is there. */
async function fetchRest(
  url: string,
  part: string,
  {bytes, kind}: {bytes: number; kind: Kind},
  report: Report
): Promise<void> {
  const have = await lengthOf(part);
  const response = await ask(url, have);
  const from = startOf(response, have);
  checkAnswer(url, response, bytes - from, kind);
  const file = await open(part, from ? "a" : "w");
  let length = from;
  try {
    for await (const chunk of chunks(response)) {
      const other = length === 0 ? notArchive(chunk, kind) : undefined;
      if (other) throw new Problem(`Expected a ${kind} archive from ${url}, got ${other}.`);
      length += chunk.length;
      if (length > bytes) throw new Problem(`Expected ${grouped(bytes)} bytes from ${url}, got more.`);
      await file.appendFile(chunk);
      report(length / bytes);
    }
  } finally {
    await file.close();
  }
  if (length < bytes) throw new Interrupted("the connection ended");
}

const ask = (url: string, have: number) =>
  fetch(url, {headers: {"accept-encoding": "identity", ...(have ? {range: `bytes=${have}-`} : {})}}).catch(
    (error: Error) => {
      throw new Interrupted((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message);
    }
  );

/** Where the answer begins: after what is there, or at 0 when the server ignored the wish. */
function startOf(response: Response, have: number): number {
  const range = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "");
  return response.status === 206 && Number(range?.[1]) === have ? have : 0;
}

function checkAnswer(url: string, response: Response, expected: number, kind: Kind): void {
  const {status, headers} = response;
  if (status !== 200 && status !== 206) throw new Problem(`Expected ${url} to answer 200, got ${status}.`);
  if (headers.get("content-type")?.startsWith("text/html"))
    throw new Problem(`Expected a ${kind} archive from ${url}, got an HTML page.`);
  const length = headers.get("content-length");
  if (length !== null && Number(length) !== expected)
    throw new Problem(`Expected ${grouped(expected)} bytes from ${url}, got ${grouped(Number(length))}.`);
}

async function* chunks(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body!.getReader();
  try {
    for (;;) {
      const {done, value} = await reader.read().catch((error: Error) => {
        throw new Interrupted(error.message);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {}); // a connection that broke cannot be cancelled
  }
}
