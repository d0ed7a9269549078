import fc from "fast-check";

import type { ContextEntry } from "../../../src/core/context/entry.ts";

/** What an agent may do in a turn, and what came of it. */
export interface MadeCall {
  readonly tool: string;
  readonly about: string;
  readonly text: string;
  readonly isError: boolean;
}

export interface MadeTurn {
  readonly said: string;
  readonly thinks: boolean;
  readonly calls: readonly MadeCall[];
  /** Set: the agent's plan after this turn, steps done. */
  readonly stepsDone?: number | undefined;
  readonly told?: string | undefined;
}

const files = ["src/a.ts", "src/b.ts", "lib/c.ts"] as const;
const commands = ["npm test", "npm run lint", "git status"] as const;

function text(sizes: fc.Arbitrary<number>): fc.Arbitrary<string> {
  return fc
    .tuple(sizes, fc.integer({ min: 0, max: 1_000_000 }))
    .map(([size, seed]) =>
      Array.from(
        { length: Math.ceil(size / 40) },
        (_, line) => `line ${line} of ${seed} says ${line * seed} words`,
      ).join("\n"),
    );
}

const call: fc.Arbitrary<MadeCall> = fc.oneof(
  fc.record({
    tool: fc.constant("Read"),
    about: fc.constantFrom(...files),
    text: text(fc.integer({ min: 40, max: 12_000 })),
    isError: fc.constant(false),
  }),
  fc.record({
    tool: fc.constant("Bash"),
    about: fc.constantFrom(...commands),
    text: text(fc.integer({ min: 40, max: 20_000 })).map((body) => `${body}\nError: x failed`),
    isError: fc.boolean(),
  }),
  fc.record({
    tool: fc.constantFrom("Edit", "Write"),
    about: fc.constantFrom(...files),
    text: fc.constant("done"),
    isError: fc.boolean(),
  }),
);

export const turn: fc.Arbitrary<MadeTurn> = fc.record({
  said: fc.string({ minLength: 1, maxLength: 60 }).map((said) => `x${said}`),
  thinks: fc.boolean(),
  calls: fc.array(call, { minLength: 1, maxLength: 4 }),
  stepsDone: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined, freq: 6 }),
  told: fc.option(fc.constantFrom("go on", "look again"), { nil: undefined, freq: 9 }),
});

export const opening: ContextEntry = {
  kind: "opening",
  blocks: [
    { type: "text", text: "<brief>\nrepo\n</brief>" },
    { type: "text", text: "<contract>do it</contract>" },
  ],
};

/** The entries of turns; ids count on from `first`. */
export function entriesOf(turns: readonly MadeTurn[], first = 0): readonly ContextEntry[] {
  let id = first * 100;
  return turns.flatMap(({ said, thinks, calls, stepsDone, told }): readonly ContextEntry[] => {
    const plan = stepsDone === undefined ? [] : [planCall(stepsDone)];
    const made = [...calls.map((one) => ({ ...one, input: inputOf(one) })), ...plan].map((one) => ({
      ...one,
      id: `call_${(id += 1)}`,
    }));
    return [
      {
        kind: "reply",
        blocks: [
          ...(thinks ? [{ type: "thinking" as const, thinking: "hm", signature: `s${id}` }] : []),
          { type: "text", text: said },
          ...made.map((one) => ({
            type: "tool_use" as const,
            id: one.id,
            name: one.tool,
            input: one.input,
          })),
        ],
      },
      {
        kind: "results",
        results: made.map((one) => ({
          tool: one.tool,
          about: one.about,
          artifact: undefined,
          block: {
            type: "tool_result",
            tool_use_id: one.id,
            content: one.text,
            ...(one.isError ? { is_error: true } : {}),
          },
        })),
      },
      ...(told === undefined
        ? []
        : [{ kind: "told" as const, blocks: [{ type: "text" as const, text: told }] }]),
    ];
  });
}

function inputOf({ tool, about, text: body }: MadeCall): object {
  if (tool === "Bash") return { command: about };
  return tool === "Write" ? { file_path: about, content: body.repeat(50) } : { file_path: about };
}

function planCall(done: number): MadeCall & { readonly input: object } {
  const todos = Array.from({ length: 10 }, (_, index) => ({
    content: `step ${index}`,
    status: index < done ? "completed" : index === done ? "in_progress" : "pending",
  }));
  return { tool: "TodoWrite", about: "", text: "kept", isError: false, input: { todos } };
}
