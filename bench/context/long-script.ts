import { summaryHeadings, summaryRequest } from "../../src/core/context/summary-request.ts";
import type { OfflineAnswerBlock, OfflineTurn, Responder } from "../../src/offline/turn.ts";
import type { Shell } from "../../src/ports/shell.ts";
import { chanceOf, codeText, commandText, proseText } from "../../test/support/made-up-text.ts";

/**
 * A session of a worker that works its way through a list of steps, about twelve turns each: it reads files (one read in
 * eight is of one it has seen), runs commands, and changes what it read. Sizes of results are the design's.
 */
export interface LongScript {
  readonly files: Readonly<Record<string, string>>;
  readonly responder: Responder;
  readonly shell: Shell;
}

const filesCount = 150;
const stepTurns = 12;
const answerTokens = 300;

export function longScript(seed: number, turns: number): LongScript {
  const chance = chanceOf(seed);
  const texts = chanceOf(seed + 1_000_003);
  const files = Object.fromEntries(
    Array.from({ length: filesCount }, (_, at) => [
      nameOf(at),
      codeText(texts, texts.resultTokens()),
    ]),
  );
  const seen: number[] = [];
  let turn = 0;
  const next = (): OfflineTurn => {
    turn += 1;
    if (turn >= turns)
      return { content: [call("Submit", { status: "done", summary: "all steps" })] };
    const said: OfflineAnswerBlock = { type: "text", text: proseText(chance, answerTokens) };
    const todos =
      (turn - 1) % stepTurns === 0 ? [call("TodoWrite", { todos: todosAt(turn, turns) })] : [];
    return { content: [said, ...todos, work()] };
  };
  const work = (): OfflineAnswerBlock => {
    const draw = chance.below(100);
    if (draw < 45) return call("Bash", { command: `npm test -- ${turn}` });
    const known = seen[chance.below(Math.max(1, seen.length))];
    if (draw < 57 && known !== undefined) return call("Read", { file_path: nameOf(known) });
    if (draw < 67 && known !== undefined)
      return call("Edit", {
        file_path: nameOf(known),
        ...editOf(files[nameOf(known)] ?? "", turn),
      });
    const fresh = chance.below(filesCount);
    seen.push(fresh);
    return call("Read", { file_path: nameOf(fresh) });
  };
  return {
    files,
    responder: ({ messages }) => {
      const last = messages.at(-1)?.content.at(-1);
      if (last?.type === "text" && last.text === summaryRequest) return summary(chance);
      return next();
    },
    shell: {
      run: () =>
        Promise.resolve({
          kind: "exited",
          exitCode: 0,
          output: commandText(chance, chance.resultTokens()),
          durationMs: 5,
        }),
    },
  };
}

function nameOf(at: number): string {
  return `src/part-${at}.ts`;
}

function call(name: string, input: object): OfflineAnswerBlock {
  return { type: "tool_use", name, input };
}

/** The first line of a file is put under a remark; a second time it no longer stands alone, and the call fails. */
function editOf(text: string, turn: number): object {
  const [first = ""] = text.split("\n");
  return { old_string: first, new_string: `// turn ${turn}\n${first}` };
}

function todosAt(turn: number, turns: number): readonly object[] {
  const current = Math.floor(turn / stepTurns);
  return Array.from({ length: Math.ceil(turns / stepTurns) }, (_, step) => ({
    content: `do step ${step}`,
    status: step < current ? "completed" : step === current ? "in_progress" : "pending",
  }));
}

/** About 3,000 tokens under the headings that are asked for. */
function summary(chance: ReturnType<typeof chanceOf>): OfflineTurn {
  const sections = summaryHeadings.map((heading) => `${heading}\n${proseText(chance, 300)}`);
  return { content: [{ type: "text", text: sections.join("\n") }] };
}
