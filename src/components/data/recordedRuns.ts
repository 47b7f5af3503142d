import {catalogue, catalogueUrl} from "./catalogue.js";
import {parseRunRecord, type RunRecord} from "./runRecord.js";

/**
 * The recorded runs of a page, by their names: those that are named as the page is, or go on from it.
 *
 * @throws Error if a record cannot be fetched, or is none.
 */
export async function recordedRuns(page: string): Promise<RunRecord[]> {
  const names = (await catalogue()).map(({name}) => name).filter((name) => belongs(name, page));
  return Promise.all(names.map(read));
}

const belongs = (name: string, page: string): boolean =>
  name === `runs/${page}.json` || (name.startsWith(`runs/${page}-`) && name.endsWith(".json"));

async function read(name: string): Promise<RunRecord> {
  const response = await fetch(catalogueUrl(name), {cache: "no-cache"});
  if (!response.ok) throw new Error(`recordedRuns: expected ${name} from this site, got status ${response.status}`);
  return parseRunRecord(await response.json());
}
