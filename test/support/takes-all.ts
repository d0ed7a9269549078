import type { Question } from "../../src/model/question.ts";
import type { Ask } from "../../src/ports/questions.ts";

/** A coordinator that takes whatever is delivered, and answers nothing else. */
export const takesAll = ((question: Question) =>
  question.kind === "submit"
    ? Promise.resolve({ kind: "taken" })
    : Promise.reject(new Error("nobody answers here"))) as Ask;
