import type {Report} from "./report.js";

/** What `npm run bench -- webgpu --record` measured last; it writes this file. */
export const recorded: Report[] = [];
