import {createServer} from "node:net";

/** The given port, or the next one that nobody listens on. */
export async function freePort(first: number, hostname: string): Promise<number> {
  for (let port = first; port < first + 100; ++port) if (await isFree(port, hostname)) return port;
  throw new Error(`freePort: expected a free port from ${first} to ${first + 99}, got none`);
}

/** The port named by PORT, or 3000. @throws RangeError if PORT is not a port. */
export function wantedPort(): number {
  const port = Number(process.env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new RangeError(`PORT: expected a number from 1 to 65535, got ${process.env.PORT}`);
  return port;
}

function isFree(port: number, hostname: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, hostname, () => server.close(() => resolve(true)));
  });
}
