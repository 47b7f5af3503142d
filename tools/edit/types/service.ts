import type MarkdownIt from "markdown-it";
import {complete, describe, hover} from "./complete.js";
import {diagnose} from "./diagnose.js";
import {elsewhere} from "./elsewhere.js";
import {opener} from "./open.js";
import {project} from "./project.js";
import type {Answers, Question} from "./question.js";

/** Answers what an editor asks of types, by the files below a source root as they stand on disk now. */
export function typeService(root: string, md: MarkdownIt, configuration = "tsconfig.json") {
  const compiler = project(configuration);
  const {service, open} = compiler;
  const opened = opener(root, md);
  return <K extends Question["ask"]>(question: Question & {ask: K}): Answers[K] => {
    const it = opened(question);
    open(it.files);
    const {ask, label} = question;
    const at = Math.min(question.at, question.text.length);
    const answers: {[A in Question["ask"]]: () => Answers[A]} = {
      diagnose: () => diagnose(service, it),
      elsewhere: () => elsewhere(compiler, it),
      complete: () => complete(service, it, at),
      describe: () => describe(service, it, at, label),
      hover: () => hover(service, it, at)
    };
    return answers[ask]();
  };
}
