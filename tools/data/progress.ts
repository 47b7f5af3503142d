import cliProgress from "cli-progress";

/** How far a piece of work has come, 0 to 1. */
export type Report = (fraction: number) => void;

/** Shows one piece of work after another: a bar on a terminal, elsewhere a plain line at each tenth. */
export function progress(stream: NodeJS.WriteStream = process.stderr): (what: string) => Report {
  return (what) => (stream.isTTY ? bar(what, stream) : lines(what, stream));
}

function bar(what: string, stream: NodeJS.WriteStream): Report {
  const shown = new cliProgress.SingleBar(
    {format: `${what} [{bar}] {percentage} %, {eta_formatted} left`, stream, hideCursor: true, clearOnComplete: false},
    cliProgress.Presets.shades_classic
  );
  shown.start(1000, 0);
  return (fraction) => {
    shown.update(Math.floor(1000 * fraction));
    if (fraction >= 1) shown.stop();
  };
}

function lines(what: string, stream: NodeJS.WriteStream): Report {
  let shown = -1;
  return (fraction) => {
    const tenths = Math.floor(10 * fraction);
    if (tenths > shown) stream.write(`${what}: ${10 * tenths} %\n`);
    shown = Math.max(shown, tenths);
  };
}
