import { PassThrough } from "node:stream";

import fc from "fast-check";
import { expect, test } from "vitest";

import type { LiveReporter } from "../../../src/cli/progress/live-reporter.ts";
import { completions, hintFor, readCommand } from "../../../src/cli/prompt/commands.ts";
import { afterKey } from "../../../src/cli/prompt/edit-line.ts";
import { openTyping } from "../../../src/cli/prompt/open-typing.ts";
import { promptLine } from "../../../src/cli/prompt/terminal-prompt.ts";
import { plainRunPaint } from "../../../src/core/report/paint.ts";
import { widthOf } from "../../../src/core/text-layout.ts";
import type { ControlAnswer, ControlRequest } from "../../../src/model/control.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { story } from "../../support/run-story.ts";

test.each([
  ["/cancel", { command: "cancel" }],
  ["  /compact ", { command: "compact" }],
  ["/compact fix[a b]", { command: "compact", unit: "fix[a b]" }],
  ["/approve ship", { command: "approve", task: "ship", approved: true }],
  ["/reject ship", { command: "approve", task: "ship", approved: false }],
])("%s is what a run is told from elsewhere as well", (line, request) => {
  expect(readCommand(line)).toEqual({ kind: "request", request });
});

test.each([
  ["/stauts", "there is no /stauts; did you mean /status?"],
  ["/frobnicate", "there is no /frobnicate; /help lists what there is"],
  ["cancel", "commands begin with /; /help lists them"],
  ["/approve", "which task? /approve <task>; /status shows what waits"],
])("%s is answered with what was meant", (line, said) => {
  expect(readCommand(line)).toEqual({ kind: "say", lines: [said] });
});

test("a name is completed when it can be only one, and hinted at when it can be several", () => {
  expect(completions("/c")).toEqual(["/compact", "/cancel"]);
  expect(hintFor("/c")).toBe("/compact /cancel");
  expect(afterKey("/c", "\t", { name: "tab" })).toEqual({ kind: "line", text: "/c" });
  expect(afterKey("/co", "\t", { name: "tab" })).toEqual({ kind: "line", text: "/compact " });
  expect(hintFor("/compact")).toBe("[unit]: agents sum up their contexts now");
});

/** A terminal that somebody types at. */
function terminal() {
  const raw: boolean[] = [];
  return Object.assign(new PassThrough(), { raw, setRawMode: (on: boolean) => raw.push(on) });
}

test("the line never is wider than the terminal, and obeys nothing that is typed or pasted", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary", maxLength: 30 }), { maxLength: 8 }),
      fc.integer({ min: 8, max: 100 }),
      (pieces, columns) => {
        let text = "";
        for (const piece of pieces) {
          const edit = afterKey(text, piece, {});
          if (edit.kind === "line") ({ text } = edit);
        }
        const line = promptLine(text, columns, plainRunPaint);
        expect(widthOf(line)).toBeLessThan(columns);
        // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      },
    ),
  );
});

/** A picture that keeps what is said. */
function picture(): LiveReporter & { readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    say: (lines) => said.push(...lines),
    drawBelow: () => undefined,
    drawNow: () => undefined,
    onEntry: () => undefined,
    close: () => undefined,
  };
}

test("what is typed is done and answered; while somebody is asked something else, nothing is read and no answer is lost", async () => {
  const input = terminal();
  const asked: ControlRequest[] = [];
  const answer = Promise.withResolvers<ControlAnswer>();
  const typing = openTyping({
    io: fakeIo(),
    input,
    entries: () => story.slice(0, 12),
    obey: (request) => {
      asked.push(request);
      return answer.promise;
    },
  });
  const [first, second] = [picture(), picture()];
  const type = (text: string): void => {
    for (const key of text) input.emit("keypress", key, { name: key === "\r" ? "return" : key });
  };
  typing.below(first);
  type("/status\r");
  expect(first.said[0]).toBe("› /status");
  expect(first.said.join("\n")).toContain("1 of 5 ended");
  type("/compact\r");
  expect(asked).toEqual([{ command: "compact" }]);
  typing.rest();
  type("/cancel\r");
  answer.resolve({
    kind: "compactions",
    agents: [{ unit: "fix[b]", came: { kind: "compacted", before: 90_000, after: 21_000 } }],
  });
  await answer.promise;
  await Promise.resolve();
  typing.below(second);
  expect(asked).toHaveLength(1);
  expect(second.said).toEqual(["  fix[b]: summed up, 90k to 21k tokens"]);
  typing.rest();
  expect(input.raw).toEqual([true, false, true, false]);
});
