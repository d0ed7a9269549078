import { changeFolder } from "../paths/change-folder.ts";
import { type Call, operandsOf, programOf, spellingsOf } from "./call.ts";
import { mixed, textData, unknownData } from "./data.ts";
import { guessOutput } from "./guess-output.ts";
import { networkDevice } from "./rules/reverse-shell.ts";
import type { ShellState } from "./shell-state.ts";

/** Builtins that put what they read into variables. */
const readers = new Set(["read", "mapfile", "readarray"]);

/** What a call leaves behind in its shell: the folder, variables, aliases, open descriptors. */
export function changeShell(
  { program, args, scene, redirections, stdin }: Call,
  shell: ShellState,
): void {
  const isConnected = redirections.some(({ target }) => networkDevice.test(target));
  const opened = program === "exec" ? stdin : undefined;
  if (isConnected || opened !== undefined) {
    shell.opened = mixed([
      shell.opened,
      opened ?? unknownData,
      { ...unknownData, remote: isConnected },
    ]);
  }
  if (program === "cd" || program === "pushd") {
    const [target = scene.home] = operandsOf(args);
    const folder = changeFolder(scene, shell.cwd, target);
    shell.cwd = folder.kind === "known" && target !== "-" ? folder.path : undefined;
  }
  if (program === "alias") {
    for (const arg of args) {
      const [, name = "", text = ""] = /^([^=]+)=(.*)$/s.exec(arg) ?? [];
      if (name !== "") shell.aliases.set(name, text);
    }
  }
  if (program === "set" && args.includes("--")) {
    shell.variables.set("@", textData(args.slice(args.indexOf("--") + 1).join(" ")));
    for (const [index, arg] of args
      .slice(args.indexOf("--") + 1)
      .slice(0, 9)
      .entries()) {
      shell.variables.set(String(index + 1), textData(arg));
    }
  }
  if (readers.has(program)) {
    const read = stdin ?? unknownData;
    const data = { ...read, text: read.text?.replace(/\n+$/, "") };
    for (const name of operandsOf(args)) shell.variables.set(name, data);
  }
  if (program === "printf" && args[0] === "-v") {
    shell.variables.set(args[1] ?? "", guessOutput("printf", args.slice(2), undefined));
  }
  if (program === "unset") for (const name of args) shell.variables.set(name, textData(""));
}

/** A link that the script makes leads its later paths. */
export function plantLink(call: Call): void {
  const { program, args, scene } = call;
  const operands = operandsOf(args);
  const [target, name] = operands;
  if (program !== "ln" || target === undefined || operands.length > 2) return;
  for (const path of spellingsOf(call, name ?? programOf(target))) scene.planted.set(path, target);
  scene.spelled.clear();
}
