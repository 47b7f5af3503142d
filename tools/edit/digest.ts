import {createHash} from "node:crypto";

/** SHA-256 of some bytes, hexadecimal. */
export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
