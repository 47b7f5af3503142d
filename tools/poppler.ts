import {spawnSync} from "node:child_process";

const tools = ["pdfinfo", "pdftotext", "pdffonts"];

/** Makes sure that poppler's tools are there, and installs them where that can be done. @throws Error that says how. */
export function providePoppler(): void {
  if (found()) return;
  for (const [command, ...args] of installers()) {
    console.log(`No pdfinfo found: ${[command, ...args].join(" ")}`);
    const env = {...process.env, DEBIAN_FRONTEND: "noninteractive"};
    const {status} = spawnSync(command, args, {stdio: ["ignore", "inherit", "inherit"], env});
    if (status === 0 && found()) return;
  }
  throw new Error("The tests of printed pages need poppler's pdfinfo, pdftotext and pdffonts: install poppler-utils.");
}

const found = () => tools.every((tool) => spawnSync(tool, ["-v"]).error === undefined);

function installers(): string[][] {
  if (process.platform === "darwin") return [["brew", "install", "poppler"]];
  if (process.platform === "win32") return [["choco", "install", "poppler", "-y"]];
  const install = "apt-get update && apt-get install -y poppler-utils";
  return [process.getuid?.() === 0 ? ["sh", "-c", install] : ["sudo", "-n", "sh", "-c", install]];
}

/** What one of the tools says of a file. @throws Error with its own message. */
export function poppler(tool: "pdfinfo" | "pdftotext" | "pdffonts", ...args: string[]): string {
  const {status, stdout, stderr} = spawnSync(tool, args, {encoding: "utf8"});
  if (status !== 0) throw new Error(`${tool}: ${stderr.trim()}`);
  return stdout;
}
