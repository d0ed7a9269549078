import type { Answer, Call, Say, Talk } from "./conversation.ts";

/** Characters of one turn's calls: a reply has to stay well below the output limit, or it is cut off and not run. */
export const turnCharsMax = 24_000;
/** Calls of one turn: enough to be quick, few enough that the answers fit a context window. Edits answer in a line. */
const callsMax = { looking: 8, changing: 24 };

export function grep(pattern: string, path?: string): Call {
  return {
    name: "Grep",
    input: path === undefined || path === "" ? { pattern } : { pattern, path },
  };
}

export function glob(pattern: string, path?: string): Call {
  return {
    name: "Glob",
    input: path === undefined || path === "" ? { pattern } : { pattern, path },
  };
}

export function read(path: string, range?: readonly [number, number]): Call {
  return {
    name: "Read",
    input: range === undefined ? { file_path: path } : { file_path: path, view_range: range },
  };
}

/** Everything the offline model says is marked as its own. */
export function say(text: string, calls: readonly Call[]): Say {
  return { text: `offline model: ${text}`, calls };
}

/** Makes any number of calls, some each turn, and gives their answers in order. */
export function* askAll(text: string, calls: readonly Call[]): Talk<readonly Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < calls.length) {
    answers.push(...(yield say(text, nextCalls(calls.slice(answers.length)))));
  }
  return answers;
}

/** The first calls, as many as one turn takes; at least one. */
function nextCalls(calls: readonly Call[]): readonly Call[] {
  const changing = calls[0]?.name === "Edit" || calls[0]?.name === "Write";
  const most = calls.slice(0, changing ? callsMax.changing : callsMax.looking);
  let characters = 0;
  const over = most.findIndex(
    ({ input }) => (characters += JSON.stringify(input).length) > turnCharsMax,
  );
  return over < 0 ? most : most.slice(0, Math.max(1, over));
}
