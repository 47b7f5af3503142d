import type * as Inputs_ from "./inputs.js";

/**
 * What Framework gives to every cell, for the type checker; nothing here exists at run time. A cell's file imports
 * the names it mentions, so that a component, which has none of them, cannot use one by mistake.
 */

/** What other cells see of a value: promises are awaited, generators give their latest value. */
export type Cell<T> = 0 extends 1 & T
  ? T // any stays any
  : T extends AsyncGenerator<infer Y, unknown, unknown> | Generator<infer Y, unknown, unknown>
    ? Y
    : T extends AsyncIterable<infer Y>
      ? Y
      : Awaited<T>;

export declare function display<T>(value: T): T;
export declare function view<T>(input: Node & {value: T}): AsyncGenerator<T, void, unknown>;
export declare function Mutable<T>(value: T): AsyncGenerator<T, void, unknown> & {value: T};
export declare function visibility(): Promise<void>;
export declare const invalidation: Promise<void>;
export declare const width: number;
export declare const now: number;
export declare const dark: boolean;
export declare function resize(
  render: (width: number, height: number) => Node | string | null,
  invalidation?: Promise<void>
): HTMLElement;

export declare const Generators: {
  observe<T>(initialize: (notify: (value: T) => void) => (() => void) | void): AsyncGenerator<T, void, unknown>;
  queue<T>(initialize: (notify: (value: T) => void) => (() => void) | void): AsyncGenerator<T, void, unknown>;
  input<T>(input: Node & {value: T}): AsyncGenerator<T, void, unknown>;
  now(): Generator<number, void, unknown>;
  width(element: Element): AsyncGenerator<number, void, unknown>;
  dark(): AsyncGenerator<boolean, void, unknown>;
};

export interface Attachment {
  readonly name: string;
  readonly href: string;
  readonly mimeType: string;
  readonly lastModified: number;
  readonly size: number;
  url(): Promise<string>;
  json<T>(): Promise<T>;
  text(encoding?: string): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  stream(): Promise<ReadableStream<Uint8Array>>;
  image(properties?: Partial<HTMLImageElement>): Promise<HTMLImageElement>;
  csv<T>(options?: {typed?: boolean; array?: boolean}): Promise<T[] & {columns: string[]}>;
}
export declare function FileAttachment(path: string): Attachment;

type Template<T> = (strings: TemplateStringsArray, ...values: unknown[]) => T;
/** A template of one element; `html.fragment` for several. */
export declare const html: Template<HTMLElement> & {fragment: Template<DocumentFragment>};
export declare const svg: Template<SVGElement> & {fragment: Template<DocumentFragment>};
export declare const tex: Template<HTMLElement> & {block: Template<HTMLElement>};
export declare const Inputs: typeof Inputs_;
