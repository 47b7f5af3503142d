/** A number as a page shows it: at most `digits` significant ones, a true minus sign, no trailing zeros. */
export function formatNumber(x: number, digits = 7): string {
  if (Number.isNaN(x)) return "not a number";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return grouped(x);
  const size = Math.abs(x);
  const text = size >= 1e-4 && size < 1e9 ? String(Number(x.toPrecision(digits))) : scientific(x, digits);
  return text.replace("-", "−");
}

/** A fraction in percent with a fixed number of decimals. */
export function formatPercent(fraction: number, decimals = 1): string {
  return `${(100 * fraction).toFixed(decimals).replace("-", "−")} %`;
}

/**
 * Several measurements of one thing: `0.815 ± 0.007`, the mean and the sample's standard deviation; `0.810` of a single one;
 * `–` of none, or where one of them is not a number.
 */
export function formatSpread(values: number[], decimals = 3): string {
  if (!values.length || !values.every(Number.isFinite)) return "–";
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const text = mean.toFixed(decimals).replace("-", "−");
  if (values.length === 1) return text;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${text} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(decimals)}`;
}

function grouped(x: number): string {
  const digits = String(Math.abs(x));
  const text = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, ",") : digits;
  return x < 0 ? `−${text}` : text;
}

function scientific(x: number, digits: number): string {
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
  return `${Number(mantissa)}e${Number(exponent)}`;
}
