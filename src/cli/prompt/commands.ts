import { suggest } from "../../core/plan/suggest.ts";
import type { ControlRequest } from "../../model/control.ts";

interface Command {
  readonly name: string;
  /** What it is about, as help shows it; empty: nothing. */
  readonly about: string;
  readonly says: string;
}

/** What can be typed while a run is at work, in the order help has them. */
const commands: readonly Command[] = [
  { name: "status", about: "", says: "where the run is, what failed, what waits" },
  { name: "compact", about: "[unit]", says: "agents sum up their contexts now" },
  { name: "approve", about: "<task>", says: "let the run through the task's gate" },
  { name: "reject", about: "<task>", says: "never start it" },
  {
    name: "cancel",
    about: "",
    says: "end the run: what is finished is kept, skein resume goes on",
  },
  { name: "help", about: "", says: "this list" },
];

/** What a line means. */
export type Typed =
  | { readonly kind: "request"; readonly request: ControlRequest }
  | { readonly kind: "status" }
  | { readonly kind: "say"; readonly lines: readonly string[] };

export function readCommand(line: string): Typed {
  const [word = "", ...rest] = line.trim().split(/\s+/);
  const about = rest.join(" ");
  if (!word.startsWith("/")) return say("commands begin with /; /help lists them");
  const name = word.slice(1);
  switch (name) {
    case "help":
      return { kind: "say", lines: commands.map(helpLine) };
    case "status":
      return { kind: "status" };
    case "cancel":
      return { kind: "request", request: { command: "cancel" } };
    case "compact":
      return {
        kind: "request",
        request: { command: "compact", ...(about === "" ? {} : { unit: about }) },
      };
    case "approve":
    case "reject":
      if (about === "") return say(`which task? ${word} <task>; /status shows what waits`);
      return {
        kind: "request",
        request: { command: "approve", task: about, approved: name === "approve" },
      };
    default:
      return say(unknown(name));
  }
}

function say(line: string): Typed {
  return { kind: "say", lines: [line] };
}

function unknown(name: string): string {
  const meant = suggest(
    name,
    commands.map((one) => one.name),
  );
  const hint = meant === undefined ? "/help lists what there is" : `did you mean /${meant}?`;
  return `there is no /${name}; ${hint}`;
}

function helpLine({ name, about, says }: Command): string {
  return `${`/${name} ${about}`.padEnd(18)} ${says}`;
}

/** What the line could become, for a person who types; empty once it can be no command's name any more. */
export function completions(line: string): readonly string[] {
  if (!/^\/[a-z]*$/.test(line)) return [];
  return commands.flatMap(({ name }) => (`/${name}`.startsWith(line) ? [`/${name}`] : []));
}

/** What stands behind the line in a fainter colour: how to begin, the commands it could be, or what the command does. */
export function hintFor(line: string): string {
  if (line === "") return "/help lists what can be typed";
  const exact = commands.find(({ name }) => line === `/${name}` || line.startsWith(`/${name} `));
  if (exact !== undefined) {
    const about = line === `/${exact.name}` && exact.about !== "" ? `${exact.about}: ` : "";
    return `${about}${exact.says}`;
  }
  return completions(line).join(" ");
}
