import {formatNumber} from "../ui/number.js";
import {type Figure, figure} from "./figure.js";
import {type Point, logTick} from "./series.js";

/** A kind of work on the plane of intensity and throughput. */
export interface Placed {
  name: string;
  /** Operations for each byte, > 0. */
  intensity: number;
  /** Operations a second. */
  throughput: number;
  /** Its part of the whole time, in [0, 1]: the area of its dot. */
  share: number;
}

interface Roof {
  /** Operations a second, and bytes a second. */
  flops: number;
  bytes: number;
}

const named = 5; // dots with their names beside them: those that take longest

/**
 * A roofline: the throughput of each kind of work over its intensity, both logarithmic, under the two ceilings
 * min(π, β I), which meet at the ridge. Williams, Waterman & Patterson 2009.
 *
 * @param words what the figure shows, in sentences.
 */
export function rooflinePlot(roof: Roof, work: Placed[], words: string): Figure {
  const line = roofLine(roof, work);
  const ridge = roof.flops / roof.bytes;
  const dots = work.toSorted((a, b) => b.share - a.share);
  return figure(
    (Plot, {width}) =>
      Plot.plot({
        width,
        height: Math.max(260, Math.min(420, width * 0.6)),
        ...{marginBottom: 42, marginLeft: 62, marginTop: 24, marginRight: 24},
        style: {background: "none", fontSize: "12px"},
        x: {label: "intensity (FLOP / byte)", type: "log", ticks: Math.max(3, Math.floor(width / 110)), tickFormat: logTick}, // prettier-ignore
        y: {label: "GFLOP/s", type: "log", grid: true, ticks: 6, tickFormat: logTick},
        r: {type: "sqrt", domain: [0, 1], range: [2.5, 26]},
        marks: [
          Plot.ruleX([ridge], {stroke: "var(--theme-foreground-faint)", strokeDasharray: "2,4"}),
          Plot.lineY(line, {x: "0", y: "1", stroke: "var(--theme-foreground)", strokeWidth: 2}),
          Plot.dot(dots, {
            x: "intensity",
            y: ({throughput}: Placed) => throughput / 1e9,
            r: "share",
            fill: "var(--series-1)",
            fillOpacity: 0.6,
            stroke: "var(--theme-background)"
          }),
          Plot.text(width < 480 ? [] : dots.slice(0, named), {
            x: "intensity",
            y: ({throughput}: Placed) => throughput / 1e9,
            text: "name",
            dy: -12,
            fill: "var(--theme-foreground)",
            stroke: "var(--theme-background)",
            strokeWidth: 3
          })
        ]
      }),
    {
      alt: `GFLOP/s against operations for each byte, both logarithmic. ${words}`,
      caption: words,
      data: {
        columns: ["op", "FLOP / byte", "GFLOP/s", "% of the time"],
        rows: dots.map(({name, intensity, throughput, share}) => [
          name,
          ...[intensity, throughput / 1e9, 100 * share].map((value) => formatNumber(value, 3))
        ])
      }
    }
  );
}

/** The roof from left of the first dot to right of the last, in GFLOP/s; it bends at the ridge. */
function roofLine({flops, bytes}: Roof, work: Placed[]): Point[] {
  const ridge = flops / bytes;
  const places = [...work.map(({intensity}) => intensity), ridge];
  const ends = [Math.min(...places) / 2, ridge, Math.max(...places) * 2];
  return ends.map((x) => [x, Math.min(flops, bytes * x) / 1e9]);
}
