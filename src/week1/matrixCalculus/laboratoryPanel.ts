import {claim} from "../../components/ui/check.js";
import {radio} from "../../components/ui/choice.js";
import {element} from "../../components/ui/element.js";
import {formatNumber} from "../../components/ui/number.js";
import {textField} from "../../components/ui/textField.js";
import type {Graded} from "./fillIn.js";
import {examine} from "./laboratory.js";

/** A function, a letter and a gradient that the reader writes, judged at every key. */
export function laboratoryPanel(): HTMLElement {
  const f = textField("f =", "tr(A X' B X)");
  const letter = radio("differentiated by", ["X", "x", "A", "S"], "X");
  const slope = textField("its gradient =", "B X A + B' X A'");
  const verdict = element("div", {role: "status"});
  const root = element("div", {}, f, letter, slope, verdict);
  const judge = () => {
    const graded = examine(f.value, letter.value, slope.value);
    verdict.replaceChildren(claim(`∂f/∂${letter.value} = ${slope.value}`, graded.passed, inWords(graded)));
  };
  root.addEventListener("input", judge);
  judge();
  return root;
}

function inWords({error, problem}: Graded): string {
  if (problem) return problem;
  return Number.isFinite(error) ? `largest relative error ${formatNumber(error, 2)}` : "the shapes differ";
}
