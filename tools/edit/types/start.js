// A thread does not inherit what lets its parent read TypeScript, so it begins here.
import {register} from "tsx/esm/api";

register();
await import("./thread.ts");
