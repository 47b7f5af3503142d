/** Where a block was read; the store finds it again by it. A component has the digest of the whole file alone. */
export interface BlockPlace {
  digest: string;
  id?: string;
  copies?: number;
  above?: string | null;
  below?: string | null;
}

/** A block as a store hands it out. */
export interface SourceBlock {
  file: string;
  kind: "cell" | "listing" | "mathematics" | "table" | "html" | "reference" | "prose" | "component";
  language: string;
  text: string;
  /** The line of the file on which it begins. */
  line: number;
  place: BlockPlace;
}

/** What a save answers. */
export interface SaveAnswer {
  digest: string;
  before: string;
  block: SourceBlock | null;
  /** Whether the cell waits to be asked from now on, when that was what was to be done. */
  asks?: boolean;
}

/** What was not done: why, for a conflict (409) what is kept now, and where in the text a fault lies. */
export class EditError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly theirs: SourceBlock | null = null,
    /** Offset in the text that was to be saved. */
    readonly offset?: number
  ) {
    super(message);
  }
}

/** Where an editor reads blocks and keeps what becomes of them: the preview's files, or the reader's own browser. */
export interface EditStore {
  /** The source of a block of the page; of a component, the whole file. @throws EditError */
  read(file: string, id?: string): Promise<SourceBlock>;
  /** Keeps an edit. @throws EditError; nothing was changed then. */
  save(edit: Record<string, unknown>): Promise<SaveAnswer>;
  /** How the editor speaks of a version that was kept by somebody else meanwhile. */
  words: {theirs: string; over: string; take: string; taken: string};
}

/** What a reader calls a block. */
export const nameOf = (kind: SourceBlock["kind"]): string =>
  ({
    cell: "cell",
    listing: "listing",
    mathematics: "formula",
    table: "table",
    container: "block",
    html: "HTML",
    reference: "link references",
    prose: "text",
    component: "file"
  })[kind];
