import {getPriority, setPriority} from "node:os";
import {parentPort, workerData} from "node:worker_threads";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {siteMarkdown} from "../../site/markdown.js";
import type {Question} from "./question.js";
import {typeService} from "./service.js";

/** The thread that knows types: one question after another, so that the server itself never waits for the compiler. */
const {root} = workerData as {root: string};
const low = 10;
// of this thread alone: pages are rendered first; a preview that was itself started lower may not be raised
if (process.platform === "linux" && getPriority() < low) setPriority(low);
const answer = typeService(root, normalizeConfig({root, markdownIt: siteMarkdown(root)}).md);

parentPort!.on("message", ({id, question}: {id: number; question: Question}) => {
  try {
    parentPort!.postMessage({id, answer: answer(question)});
  } catch (error) {
    parentPort!.postMessage({id, error: (error as Error).message});
  }
});
