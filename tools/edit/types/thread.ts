import {setPriority} from "node:os";
import {parentPort, workerData} from "node:worker_threads";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {siteMarkdown} from "../../site/markdown.js";
import type {Question} from "./question.js";
import {typeService} from "./service.js";

/** The thread that knows types: one question after another, so that the server itself never waits for the compiler. */
const {root} = workerData as {root: string};
if (process.platform === "linux") setPriority(10); // of this thread alone: pages are rendered first
const answer = typeService(root, normalizeConfig({root, markdownIt: siteMarkdown(root)}).md);

parentPort!.on("message", ({id, question}: {id: number; question: Question}) => {
  try {
    parentPort!.postMessage({id, answer: answer(question)});
  } catch (error) {
    parentPort!.postMessage({id, error: (error as Error).message});
  }
});
