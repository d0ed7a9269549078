import type { Answer, Answers, Question } from "../model/question.ts";

type QuestionOf<Kind extends Question["kind"]> = Extract<Question, { readonly kind: Kind }>;

/** Asked by an agent. Rejects when the signal aborts first, or when nobody is left to answer. */
export type Ask = <Kind extends Question["kind"]>(
  question: QuestionOf<Kind>,
  signal: AbortSignal,
) => Promise<Answers[Kind]>;

/** Answers the agent of a unit. The signal aborts when the agent does not wait for it any more. */
export type AnswerQuestion = (
  question: Question,
  options: { readonly unit: string; readonly signal: AbortSignal },
) => Promise<Answer>;
