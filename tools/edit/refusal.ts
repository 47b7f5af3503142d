/** Why a request is not done, as the reader is told it, and the HTTP status that says so. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** What goes with the sentence: for a conflict, what stands on disk. */
    readonly details: Record<string, unknown> = {}
  ) {
    super(message);
  }
}

/** A sentence for an error of the file system, which names what the reader can do. */
export function sentence(error: unknown, file: string): Refusal {
  if (error instanceof Refusal) return error;
  const {code, message} = error as NodeJS.ErrnoException;
  const known: Record<string, [number, string]> = {
    ENOSPC: [507, "the disk is full: make room and save again"],
    EDQUOT: [507, "your share of the disk is used up: make room and save again"],
    EFBIG: [507, "the file would be larger than the system allows"],
    EROFS: [403, "the disk can only be read: save again when it can be written"],
    EACCES: [403, "the system does not let the server write there: change the permissions and save again"],
    EPERM: [403, "the system does not let the server write there: change the permissions and save again"],
    ENOENT: [404, "the file is not there any more"],
    EMFILE: [503, "too many files are open: save again in a moment"],
    ENFILE: [503, "too many files are open: save again in a moment"],
    EIO: [500, "the disk reports a fault"]
  };
  const [status, why] = known[code ?? ""] ?? [500, message];
  return new Refusal(status, `${file} was not saved: ${why}. Nothing was changed.`);
}
