/** TeX macros that every page may use, beside KaTeX's own. One argument is `#1`. */
export const macros: Record<string, string> = {
  "\\R": "\\mathbb{R}",
  "\\N": "\\mathbb{N}",
  "\\E": "\\operatorname{\\mathbb{E}}",
  "\\Var": "\\operatorname{Var}",
  "\\Cov": "\\operatorname{Cov}",
  "\\KL": "D_{\\mathrm{KL}}\\!\\left(#1\\,\\middle\\|\\,#2\\right)",
  "\\vec": "\\mathbf{#1}",
  "\\mat": "\\mathbf{#1}",
  "\\T": "^{\\mathsf{T}}",
  "\\d": "\\mathrm{d}",
  "\\pd": "\\frac{\\partial #1}{\\partial #2}",
  "\\argmin": "\\operatorname*{arg\\,min}",
  "\\argmax": "\\operatorname*{arg\\,max}",
  "\\softmax": "\\operatorname{softmax}",
  "\\diag": "\\operatorname{diag}",
  "\\tr": "\\operatorname{tr}",
  "\\norm": "\\left\\lVert #1 \\right\\rVert",
  "\\abs": "\\left\\lvert #1 \\right\\rvert"
};
