import { summaryHeadings, summaryRequest } from "../../../src/core/context/summary-request.ts";
import type { AgentEvent } from "../../../src/model/event.ts";
import type { OfflineAnswerBlock, OfflineTurn, Responder } from "../../../src/offline/turn.ts";
import {
  type AgentStory,
  call,
  calling,
  type StoryOptions,
  submit,
  tellStory,
} from "../agent-rig.ts";

/** A window in which a few dozen turns are a long session: 34,000 tokens to work in. */
const small = { inputTokensMax: 46_000 };

/** Says its turns one after the other, whatever was rewritten before them; asked for a summary it gives `summary`. */
function inOrder(
  turns: readonly OfflineTurn[],
  summary: () => ReturnType<Responder> = () => ({ refuse: "no summary was expected" }),
): Responder {
  let turn = 0;
  return ({ messages }) => {
    const last = messages.at(-1)?.content.at(-1);
    if (last?.type === "text" && last.text === summaryRequest) return summary();
    return turns[(turn += 1) - 1] ?? { refuse: "the story is over" };
  };
}

const thinking: OfflineAnswerBlock = { type: "thinking", thinking: "let me see" };
export const file = (index: number): string => `src/part-${index}.ts`;
const body = (index: number): string =>
  Array.from(
    { length: 130 },
    (_, line) => `export const value${index}_${line} = ${index * line};`,
  ).join("\n");

export function contextEvents({
  events,
}: AgentStory): readonly Extract<AgentEvent, { kind: "context" }>[] {
  return events.flatMap((event) => (event.kind === "context" ? [event] : []));
}

/** One agent with sixty files to look at, in that window. */
export function story(
  turns: readonly OfflineTurn[],
  more: Pick<StoryOptions, "desk" | "onEvent"> & {
    readonly summary?: () => ReturnType<Responder>;
    readonly inputTokensMax?: number;
  } = {},
): Promise<AgentStory> {
  return tellStory({
    turns: [],
    files: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [file(index), body(index)])),
    ...(more.desk === undefined ? {} : { desk: more.desk }),
    ...(more.onEvent === undefined ? {} : { onEvent: more.onEvent }),
    contract: {
      model: "claude-opus-5-5",
      window: { inputTokensMax: more.inputTokensMax ?? small.inputTokensMax },
      tools: ["Read", "Edit", "TodoWrite", "ArtifactRead", "Submit"],
      limits: { turns: 300, commandMs: 1_000 },
    },
    server: { responder: inOrder(turns, more.summary) },
  });
}

export const reads = (count: number): readonly OfflineTurn[] =>
  Array.from({ length: count }, (_, index) =>
    calling(thinking, call("Read", { file_path: file(index) })),
  );

export const longTalk = (count: number): readonly OfflineTurn[] => [
  // A plan whose first step never ends: nothing can be folded, and words cannot be cleared.
  calling(call("TodoWrite", { todos: [{ content: "talk a lot", status: "in_progress" }] })),
  ...Array.from({ length: count }, (_, index) =>
    calling(
      { type: "text", text: `Thought ${index}. ${"I wonder about many things. ".repeat(110)}` },
      call("Read", { file_path: file(index % 3), view_range: [1, 2 + (index % 7)] }),
    ),
  ),
  calling(submit),
];

export function goodSummary(): OfflineTurn {
  const sections = summaryHeadings.map((heading) => `${heading}\nnothing new`);
  return { content: [{ type: "text", text: sections.join("\n") }] };
}
