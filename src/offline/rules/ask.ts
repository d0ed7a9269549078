import type { Answer, Call, Say, Talk } from "./conversation.ts";

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
  const changing = calls[0]?.name === "Edit" || calls[0]?.name === "Write";
  const perTurn = changing ? callsMax.changing : callsMax.looking;
  for (let at = 0; at < calls.length; at += perTurn) {
    answers.push(...(yield say(text, calls.slice(at, at + perTurn))));
  }
  return answers;
}
