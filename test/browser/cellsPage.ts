import type {Page} from "playwright-core";

/** Cells that write down when their code is called. `knob` stands for an input. */
export const notebook = `# Cells

\`\`\`ts
const ran = ((globalThis as {ran?: string[]}).ran ??= []);
const knob = view(Inputs.range([0, 9], {value: 1, step: 1, label: "knob"}));
\`\`\`

\`\`\`ts run=ask
ran.push("dear " + knob);
const dear = 10 * knob;
display(html\`<p id="dear">dear \${dear}</p>\`);
\`\`\`

\`\`\`ts
ran.push("after " + dear);
display(html\`<p id="after">after \${dear + 1}</p>\`);
\`\`\`

\`\`\`ts
if (knob === 5) throw new Error("five");
display(html\`<p id="cheap">cheap \${knob}</p>\`);
\`\`\`

\`\`\`ts
const counted = (async function* () {
  try {
    for (let i = 0; ; ++i) {
      yield i;
      await new Promise((next) => setTimeout(next, 20));
    }
  } finally {
    ran.push("counting ended");
  }
})();
\`\`\`

\`\`\`ts
display(html\`<p id="counted">\${counted}</p>\`);
\`\`\`

\`\`\`ts
const slow = await new Promise<number>((done) => {
  const timer = setTimeout(done, 3_600_000, 1);
  invalidation.then(() => (clearTimeout(timer), ran.push("slow ended")));
});
\`\`\`
`;

/** What ran since it was last asked. */
export const ran = (page: Page) => page.evaluate(() => (globalThis as unknown as {ran: string[]}).ran.splice(0));
/** What each cell of the page says of itself. */
export const states = (page: Page) =>
  page.$$eval("main .observablehq--block", (blocks) =>
    blocks.map((block) => (block as HTMLElement).dataset.cell ?? "fresh")
  );
/** What a screen reader is told of all cells. */
export const told = (page: Page) => page.locator(".cell-strip [role=status]");
/** Does what makes the counter begin anew, and waits until it has; it counts on before one looks. */
export async function countsFromZero(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    const counts: Set<string> = ((window as {counts?: Set<string>}).counts = new Set());
    const look = () => counts.add(document.querySelector("#counted")?.textContent ?? "");
    new MutationObserver(look).observe(document.querySelector("main")!, {childList: true, subtree: true});
  });
  await act();
  await page.waitForFunction(() => (window as {counts?: Set<string>}).counts!.has("0"));
}
/** Turns the knob. */
export const turn = (page: Page, to: number) => page.locator("input[type=number]").fill(String(to));

/** The cells by their place. */
export const [input, dear, after, cheap, counting, counted, slow] = [0, 1, 2, 3, 4, 5, 6];
