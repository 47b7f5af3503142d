import {sentence} from "./sentence.js";

/** A worker, a worker's own scope, or one end of a MessageChannel. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** What a handler knows of the call it answers. */
export interface Call {
  id: number;
  /** Sends something before the answer. */
  emit(value: unknown): void;
  /** Hands arrays over with the answer instead of copying them: the handler must not use them again. */
  give<T>(value: T): T;
}

export type Handlers = Record<string, (call: Call, ...args: never[]) => unknown>;

type Request = {id: number; method: string; args: unknown[]};
type Reply =
  | {id: number; kind: "event"; value: unknown}
  | {id: number; kind: "answer"; value: unknown}
  | {id: number; kind: "error"; message: string};

/** Answers the requests that arrive at a port. What a handler throws crosses as its sentence. */
export function serve(port: Port, handlers: Handlers): void {
  port.onmessage = async ({data}: MessageEvent<Request>) => {
    const {id, method, args} = data;
    const given = new Set<ArrayBuffer>();
    const send = (reply: Reply, transfer: Transferable[] = []) => port.postMessage(reply, transfer);
    const give = <T>(value: T): T => {
      for (const buffer of buffersIn(value)) given.add(buffer);
      return value;
    };
    try {
      if (!Object.hasOwn(handlers, method)) throw new Error(`serve: expected a known method, got ${method}`);
      const emit = (value: unknown) => send({id, kind: "event", value});
      const value = await handlers[method]({id, emit, give}, ...(args as never[]));
      send({id, kind: "answer", value}, [...given]);
    } catch (error) {
      send({id, kind: "error", message: sentence(error)});
    }
  };
}

/** A request on its way. */
export interface Sent<T> {
  id: number;
  answer: Promise<T>;
}

/** Sends requests through a port and hands each answer to the one who asked. */
export function connect(port: Port) {
  let last = 0;
  let closed: string | null = null;
  const waiting = new Map<number, {event(value: never): void; answer(value: never): void; fail(error: Error): void}>();
  port.onmessage = ({data}: MessageEvent<Reply>) => {
    const asker = waiting.get(data.id);
    if (data.kind === "event") return asker?.event(data.value as never);
    waiting.delete(data.id);
    if (data.kind === "answer") asker?.answer(data.value as never);
    else asker?.fail(new Error(data.message));
  };
  return {
    request<T, E = never>(method: string, args: unknown[], event: (value: E) => void = () => {}): Sent<T> {
      const id = ++last;
      const answer = new Promise<T>((resolve, reject) => {
        if (closed !== null) return reject(new Error(closed));
        waiting.set(id, {event, answer: resolve, fail: reject});
        try {
          port.postMessage({id, method, args} satisfies Request, []);
        } catch (error) {
          waiting.delete(id); // arguments that cannot be cloned
          reject(new Error(sentence(error)));
        }
      });
      return {id, answer};
    },
    /** Fails every request that waits, and every later one. */
    close(reason: string): void {
      closed = reason;
      for (const {fail} of waiting.values()) fail(new Error(reason));
      waiting.clear();
    }
  };
}

function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (Array.isArray(value)) return value.flatMap(buffersIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(buffersIn) : [];
}
