import type { AgentDelivery, Contract } from "../model/contract.ts";
import type { Answer, Answers, Question } from "../model/question.ts";

type QuestionOf<Kind extends Question["kind"]> = Extract<Question, { readonly kind: Kind }>;

/** Asked by an agent. Rejects when the signal aborts first, or when nobody is left to answer. */
export type Ask = <Kind extends Question["kind"]>(
  question: QuestionOf<Kind>,
  signal: AbortSignal,
) => Promise<Answers[Kind]>;

export interface AskingAgent {
  /** As the coordinator wrote it: what a thread says of itself is not believed. */
  readonly contract: Pick<Contract, "unitId" | "root" | "outDir" | "caps" | "priority">;
  /** Aborts when the agent does not wait for this answer any more. */
  readonly signal: AbortSignal;
  /** Aborts when the agent has ended, in whichever way. */
  readonly gone: AbortSignal;
}

/** Judges what an agent delivers while it waits. Never rejects; `gone` aborts when the agent has ended. */
export type JudgeDelivery = (
  delivery: AgentDelivery,
  gone: AbortSignal,
) => Promise<Answers["submit"]>;

/** Answers the agent of a unit. Never rejects. */
export type AnswerQuestion = (question: Question, agent: AskingAgent) => Promise<Answer>;

/** Answers what does not concern one agent's work alone. */
export type AnswerSharedQuestion = (
  question: Exclude<Question, { readonly kind: "submit" }>,
  agent: AskingAgent,
) => Promise<Answer>;
