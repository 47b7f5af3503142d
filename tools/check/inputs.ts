/** The signatures of @observablehq/inputs, which ships no types. An input is an element with a value. */
export type Input<T> = HTMLElement & {value: T};

interface Common {
  label?: string | Node;
  disabled?: boolean;
  width?: number | string;
}
interface NumberOptions extends Common {
  value?: number;
  step?: number;
  format?: (x: number) => string;
  placeholder?: string;
  transform?: (x: number) => number;
  invert?: (x: number) => number;
  validate?: (input: HTMLInputElement) => boolean;
}
interface TextOptions extends Common {
  value?: string;
  placeholder?: string;
  pattern?: string;
  minlength?: number;
  maxlength?: number;
  required?: boolean;
  submit?: boolean | string;
  spellcheck?: boolean;
  datalist?: Iterable<string>;
}
interface ChoiceOptions<T> extends Common {
  value?: T;
  format?: (item: T, index: number) => string | Node;
  keyof?: (item: T) => string;
  valueof?: (item: T) => unknown;
  sort?: boolean | "ascending" | "descending" | ((a: T, b: T) => number);
  unique?: boolean;
}
interface ManyOptions<T> extends Omit<ChoiceOptions<T>, "value" | "disabled"> {
  value?: Iterable<T>;
  disabled?: boolean | Iterable<T>;
}
interface TableOptions<T> {
  columns?: (keyof T & string)[];
  header?: Partial<Record<keyof T & string, string | Node>>;
  format?: {[K in keyof T & string]?: (value: T[K], index: number, data: T[]) => string | Node | number};
  align?: Partial<Record<keyof T & string, "left" | "right" | "center">>;
  width?: number | Partial<Record<keyof T & string, number>>;
  sort?: keyof T & string;
  reverse?: boolean;
  rows?: number;
  height?: number;
  maxHeight?: number;
  maxWidth?: number;
  layout?: "fixed" | "auto";
  select?: boolean;
  multiple?: boolean;
  required?: boolean;
  value?: T | T[];
}

export declare function range(extent?: [number, number], options?: NumberOptions): Input<number>;
export declare function number(extent?: [number, number] | NumberOptions, options?: NumberOptions): Input<number>;
export declare function toggle(options?: Common & {value?: boolean}): Input<boolean>;
export declare function text(options?: TextOptions): Input<string>;
export declare function textarea(options?: TextOptions & {rows?: number; monospace?: boolean}): Input<string>;
export declare function button(label: string | Node, options?: Common): Input<number>;
export declare function button<T>(
  label: string | Node | [string, (value: T) => T][],
  options: Common & {value: T; reduce?: (value: T) => T}
): Input<T>;
export declare function select<T>(data: Iterable<T>, options: ManyOptions<T> & {multiple: true | number}): Input<T[]>;
export declare function select<K, T>(data: Map<K, T>, options?: Omit<ChoiceOptions<T>, "format">): Input<T>;
export declare function select<T>(data: Iterable<T>, options?: ChoiceOptions<T> & {multiple?: false}): Input<T>;
export declare function radio<K, T>(data: Map<K, T>, options?: Omit<ChoiceOptions<T>, "format">): Input<T>;
export declare function radio<T>(data: Iterable<T>, options?: ChoiceOptions<T>): Input<T>;
export declare function checkbox<T>(data: Iterable<T>, options?: ManyOptions<T>): Input<T[]>;
export declare function color(options?: Common & {value?: string}): Input<string>;
export declare function date(options?: Common & {value?: Date | string; min?: Date; max?: Date}): Input<Date>;
export declare function file(options?: Common & {accept?: string; multiple?: boolean}): Input<File | null>;
export declare function search<T>(data: Iterable<T>, options?: Common & {query?: string}): Input<T[]>;
export declare function table<T>(data: Iterable<T>, options?: TableOptions<T>): Input<T[]>;
export declare function form<T extends Record<string, Input<unknown>>>(
  inputs: T
): Input<{[K in keyof T]: T[K]["value"]}>;
export declare function input<T>(value: T): Input<T>;
export declare function bind<T extends Node>(target: T, source: Node, invalidation?: Promise<void>): T;
