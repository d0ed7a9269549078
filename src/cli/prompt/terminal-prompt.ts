import { emitKeypressEvents } from "node:readline";

import type { RunPaint } from "../../core/report/paint.ts";
import { fit, fitMiddle, widthOf } from "../../core/text-layout.ts";
import { hintFor } from "./commands.ts";
import { afterKey, type Key } from "./edit-line.ts";

/** The little of a terminal's input that a prompt needs. */
export interface KeySource extends NodeJS.EventEmitter {
  readonly setRawMode?: (raw: boolean) => unknown;
  readonly resume: () => unknown;
  readonly pause: () => unknown;
}

export interface PromptOptions {
  readonly input: KeySource;
  readonly onLine: (line: string) => void;
  /** The line has changed. */
  readonly onChange: () => void;
  readonly onInterrupt: () => void;
  /** Stops this process and those around it, as the terminal does by itself otherwise. */
  readonly onSuspend: () => void;
}

/** A line that is typed below what is drawn. The terminal gives every key, and shows none by itself. */
export interface TerminalPrompt {
  /** As it is drawn, no wider than `columns`. */
  readonly line: (columns: number, paint: RunPaint) => string;
  /** Others read what is typed from now on. */
  readonly rest: () => void;
  readonly listen: () => void;
}

export function createTerminalPrompt(options: PromptOptions): TerminalPrompt {
  const { input } = options;
  let text = "";
  let isListening = false;
  const onKey = (typed: string | undefined, key: Key): void => {
    const edit = afterKey(text, typed, key);
    switch (edit.kind) {
      case "interrupt":
        return options.onInterrupt();
      case "suspend":
        input.setRawMode?.(false);
        return options.onSuspend();
      case "enter": {
        const line = text.trim();
        text = "";
        if (line !== "") options.onLine(line);
        return options.onChange();
      }
      case "line":
        text = edit.text;
        return options.onChange();
    }
  };
  // Whoever brought the process back may have changed the terminal meanwhile.
  const onContinue = (): void => void input.setRawMode?.(true);
  return {
    line: (columns, paint) => promptLine(text, columns, paint),
    listen: () => {
      if (isListening) return;
      isListening = true;
      emitKeypressEvents(input as NodeJS.ReadableStream);
      input.setRawMode?.(true);
      input.on("keypress", onKey);
      process.on("SIGCONT", onContinue);
      input.resume();
    },
    rest: () => {
      if (!isListening) return;
      isListening = false;
      input.off("keypress", onKey);
      process.off("SIGCONT", onContinue);
      input.setRawMode?.(false);
      input.pause();
    },
  };
}

/** The line as it is drawn: what was typed, where the next character goes, and a hint behind it. */
export function promptLine(text: string, columns: number, paint: RunPaint): string {
  const room = Math.max(1, columns - 5);
  const shown = fitMiddle(text, room);
  const hint = fit(hintFor(text), Math.max(0, room - widthOf(shown)));
  return `${paint.strong("›")} ${shown}${paint.faint(`▏${hint === "" ? "" : ` ${hint}`}`)}`;
}
