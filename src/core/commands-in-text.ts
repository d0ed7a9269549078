import { widthOf, wrap } from "./text-layout.ts";

/** What looks like an argument: a flag, something in quotes, and a word that has what words of prose have not. */
const argument = String.raw`(?:-[^ ;,()]*[^ ;,().:]|"[^"]*"|'[^']*'|[^ ;,()]*[/\d=_@.A-Z][^ ;,()]*[^ ;,().:]|[A-Z\d])`;
/** A command in the middle of what is said, without the prose behind it. */
const command = new RegExp(
  String.raw`(?<![\w/.-])(?:skein (?:(?:daemon|memory|cache) )?[a-z][a-z-]*|git [a-z][a-z-]*|npm [a-z]+|ulimit)(?: ${argument})*`,
  "g",
);

/** A line of a text, or a command of it that is wider than a line of its own width. */
export interface Piece {
  readonly text: string;
  readonly isWideCommand: boolean;
}

/** Breaks a line, but not within a command; one that is wider than a line stands alone, so that it can be copied. */
export function wrapAround(text: string, width: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  const say = (prose: string): void => {
    const rest = prose.replace(/^[;,.:)](?= |$)/, "").trim();
    if (rest !== "")
      for (const line of glued(rest, width)) pieces.push({ text: line, isWideCommand: false });
  };
  for (const { 0: one, index } of text.matchAll(command)) {
    if (widthOf(one) <= width) continue;
    say(text.slice(done, index));
    pieces.push({ text: one, isWideCommand: true });
    done = index + one.length;
  }
  say(text.slice(done));
  return pieces;
}

function glued(text: string, width: number): readonly string[] {
  const whole = text.replaceAll(command, (one) => one.replaceAll(" ", "\u{A0}"));
  return wrap(whole, width).map((line) => line.replaceAll("\u{A0}", " "));
}
