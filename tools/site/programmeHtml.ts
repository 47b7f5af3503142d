import he from "he";
import type {RunRecord} from "../../src/components/data/runRecord.js";
import type {
  Deliverable,
  Item,
  Published,
  Required,
  Resource,
  ResourceGroup,
  Topic,
  Week
} from "../../src/programme.js";
import {counted} from "./counted.js";

/** What the programme must know of the site it stands in. */
export interface Site {
  /** Title of a page that exists. */
  page(path: string): string | undefined;
  /** A page on paper, below the site's root, where it has been printed. */
  pdf(path: string): string | undefined;
  /** Recorded runs that belong to a page. */
  runs(page: string): RunRecord[];
}

const text = (value: string): string => he.escape(value);
const list = (name: string, items: string[]): string =>
  items.length ? `<ul class="${name}">${items.map((item) => `<li>${item}</li>`).join("")}</ul>` : "";

/** One week: its goal, topics with what to read, deliverables with what became of them. */
export function weekHtml(week: Week, number: number, site: Site): string {
  return `<section class="week" data-week="${week.id}">
${heading(week.id, `Week ${number}`, week.title)}
${week.goal ? `<p class="week-goal">${text(week.goal)}</p>` : ""}
<p class="week-progress" data-progress></p>
<h3>Topics</h3>
<ol class="topics">${week.topics.map((topic) => topicHtml(topic, site)).join("\n")}</ol>
<h3>Deliverables</h3>
<ol class="deliverables">${week.deliverables.map((d) => deliverableHtml(d, site)).join("\n")}</ol>
</section>`;
}

export function resourcesHtml(groups: ResourceGroup[]): string {
  const parts = groups.map(({title, resources}) => `<div><h3>${text(title)}</h3>${readings(resources)}</div>`);
  return `<div class="resource-groups">${parts.join("\n")}</div>`;
}

export function goalHtml(goals: string[]): string {
  return list("goals", goals.map(text));
}

function heading(id: string, label: string, title: string): string {
  const link = `<a class="observablehq-header-anchor" href="#${id}"><span class="week-number">${label}</span> ${text(title)}</a>`;
  return `<h2 id="${id}" tabindex="-1">${link}</h2>`;
}

function topicHtml({action, id, lead, points, practice, resources, title}: Topic, site: Site): string {
  const page = id.replace("week-", "week"); // a topic may have a page of its own, named as the topic is
  const plain = points.every(({read}) => !read);
  const items = points.map(({read, text: point}) => (read ? reading(read, point) : text(point)));
  return `<li class="topic">
${tick(id, `<h4>${text(title)}</h4>`)}
${site.page(page) ? oursHtml(page, site) : ""}
${lead ? `<p class="lead">${text(lead)}</p>` : ""}${list(plain ? "points short" : "points", items)}
${resources.length ? `<p class="reading-title">Resources</p>${readings(resources)}` : ""}
${action ? `<p class="action"><b>Action:</b> ${text(action)}</p>` : ""}
${[practice ?? []]
  .flat()
  .flatMap((name) => (site.page(name) ? oursHtml(name, site) : []))
  .join("\n")}
</li>`;
}

function readings(resources: Resource[]): string {
  return list(
    "readings",
    resources.map((resource) => reading(resource))
  );
}

/** “Triplet Loss: FaceNet Paper, Section 4.2”, and below it what the published paper says where it differs. */
function reading({part, published, work}: Resource, point?: string): string {
  const name = point && !work.startsWith(point) ? `${text(point)}: ` : "";
  const where = part ? `, ${text(part)}` : "";
  return `${name}<cite>${text(work)}</cite>${where}${published ? publishedHtml(published) : ""}`;
}

function publishedHtml({checked, text: sections}: Published): string {
  const lead = checked ? "In the published version:" : "Probably, not yet checked against the published text:";
  return `<span class="published${checked ? "" : " unchecked"}"><b>${lead}</b> ${text(sections)}</span>`;
}

function deliverableHtml({each, folder, items, title}: Deliverable, site: Site): string {
  return `<li class="deliverable">
<h4>${text(title)}${folder ? ` <code>${text(folder)}</code>` : ""}</h4>
${each ? `<p class="lead">Each of them: ${text(each.join("; "))}.</p>` : ""}
${items.map((item) => itemHtml(item, site)).join("\n")}
</li>`;
}

function itemHtml({files, page, parts, required}: Item, site: Site): string {
  const theirs = files.map(({name, what}) => `<code>${text(name)}</code>${what ? ` ${text(what)}` : ""}`).join(", ");
  const [first, ...rest] = files.length ? ["", ...parts] : parts;
  return `<div class="item">
${tick(page, `<span class="theirs">${theirs || text(first)}</span>`)}
${oursHtml(page, site)}
${list("parts", rest.map(text))}
${required ? `<p class="number">${numberHtml(required, site.runs(page))}</p>` : ""}
</div>`;
}

function oursHtml(page: string, site: Site): string {
  const title = site.page(page);
  const link = title ? `<a href="./${page}">${text(title)}</a>` : `<code>${page}</code>`;
  const status = title ? "ready" : "planned";
  const pdf = title && site.pdf(page);
  const paper = pdf ? ` <a href="./${pdf}">PDF</a>` : "";
  return `<p class="ours">Here: ${link}${paper} <span class="status" data-status="${status}">${status}</span></p>`;
}

function numberHtml(required: Required, recorded: RunRecord[]): string {
  const {label, least} = required;
  const found = counted(required, recorded);
  const values = found.map(({value}) => value);
  const goal = `${text(label)} ${least === null ? "to be reported" : `of at least ${100 * least} % required`}`;
  if (!values.length) return `${goal[0].toUpperCase()}${goal.slice(1)}; no recorded run yet.`;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const notes = [...new Set(found.map(({run}) => run.data.note).filter(Boolean))].map(text).join(" ");
  const count = values.length === 1 ? "one recorded run" : `mean of ${values.length} recorded runs`;
  return `<b>${(100 * mean).toFixed(2)} %</b> ${text(label)}, ${count}; ${goal}. ${notes}`.trim();
}

/** A box that the page's script brings to life; without the script it stays out of reach. */
function tick(id: string, label: string): string {
  return `<label class="tick"><input type="checkbox" data-mastered="${id}" disabled>${label}</label>`;
}
