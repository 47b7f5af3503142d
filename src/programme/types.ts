/** Where a paper or a book really says what the programme sends its reader for. */
export interface Published {
  text: string;
  /** False where it was not compared with the published text itself. */
  checked: boolean;
}

/** A work and the part of it to read, in the programme's words. */
export interface Resource {
  work: string;
  part?: string;
  /** Set where the published sections differ from `part`. */
  published?: Published;
}

export interface Point {
  text: string;
  read?: Resource;
}

/** A block of study, ticked off as a whole. */
export interface Topic {
  /** Place in the exported progress, unique over all weeks. */
  id: string;
  title: string;
  lead?: string;
  points: Point[];
  resources: Resource[];
  action?: string;
  /** Pages of ours where the action is done, or the topic is studied, beside the one named as the topic. */
  practice?: string | string[];
}

/** A page of ours and what the programme asks of it. */
export interface Item {
  /** Page below the site's root; it exists or it is planned. */
  page: string;
  /** The programme's own files that this page stands for. */
  files: {name: string; what?: string}[];
  parts: string[];
  required?: Required;
}

/** A number that the programme asks for, from recorded runs; runs are found by the page's own name. */
export interface Required {
  metric: string;
  label: string;
  /** What it must reach; null where it is to be reported as it is. */
  least: number | null;
  /** Constants of the recipe's configuration that a run must have to count; the other runs of the page are comparisons. */
  of?: Record<string, string | number>;
}

export interface Deliverable {
  title: string;
  /** The programme's folder. */
  folder?: string;
  items: Item[];
  /** What holds for all items together. */
  each?: string[];
}

export interface Week {
  id: string;
  title: string;
  goal?: string;
  topics: Topic[];
  deliverables: Deliverable[];
}

export interface ResourceGroup {
  title: string;
  resources: Resource[];
}
