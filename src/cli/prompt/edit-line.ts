import { printableLine } from "../../core/printable.ts";
import { completions } from "./commands.ts";

/** A key as Node's readline tells it. */
export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
}

/** What a key does to the line that is typed. */
export type Edit =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "enter" }
  /** Ctrl-C and Ctrl-Z: a terminal that gives every key does not act on them itself. */
  | { readonly kind: "interrupt" }
  | { readonly kind: "suspend" };

/** Most characters of a line. */
const lineMax = 500;

export function afterKey(text: string, typed: string | undefined, key: Key): Edit {
  if (key.ctrl === true) return afterControl(text, key.name);
  switch (key.name) {
    case "return":
    case "enter":
      return { kind: "enter" };
    case "backspace":
      return { kind: "line", text: text.replace(/.$/u, "") };
    case "escape":
      return { kind: "line", text: "" };
    case "tab":
      return { kind: "line", text: completed(text) };
    default:
      return {
        kind: "line",
        text: key.meta === true ? text : appended(text, typed ?? ""),
      };
  }
}

function afterControl(text: string, name: string | undefined): Edit {
  switch (name) {
    case "c":
      return { kind: "interrupt" };
    case "z":
      return { kind: "suspend" };
    case "u":
      return { kind: "line", text: "" };
    case "w":
      return { kind: "line", text: text.replace(/\S*\s*$/, "") };
    case "j":
      return { kind: "enter" };
    default:
      return { kind: "line", text };
  }
}

/** Arrows and their like are sequences, which are nothing once what a terminal obeys is taken away. */
function appended(text: string, typed: string): string {
  const shown = typed === " " ? " " : printableLine(typed);
  return `${text}${shown}`.slice(0, lineMax);
}

function completed(text: string): string {
  const [only, ...others] = completions(text);
  return only === undefined || others.length > 0 ? text : `${only} `;
}
