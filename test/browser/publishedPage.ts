/** A page whose cells write down when they run; `steps` stands for a training run that depends on nothing else. */
export const notebook = ({b = "a + 1", prose = "Some *text* with a value: ${a}."} = {}): string => `---
title: Edited
---

# Edited $x$

\`\`\`ts
const ran = ((globalThis as {ran?: string[]}).ran ??= []);
\`\`\`

\`\`\`ts
ran.push("a");
const a: number = 1;
\`\`\`

${prose}

\`\`\`ts
ran.push("b");
display(html\`<p id="b">b is \${${b}}</p>\`);
\`\`\`

\`\`\`ts
ran.push("c");
display("c alone");
\`\`\`

\`\`\`ts
import {formatNumber} from "../components/ui/number.js";
ran.push("training");
const steps = (async function* () {
  let step = 0;
  try {
    for (;;) {
      yield ++step;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    ran.push("training ended");
  }
})();
\`\`\`

Step <b id="steps">\${steps}</b>, not <b id="number">\${typeof formatNumber}</b>.

An equation:

$$
y = x^2
$$ {#eq:square}

| one | two |
| --- | --- |
| $x$ | 2 |

By [eq:square] the last text.
`;
