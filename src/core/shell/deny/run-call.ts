import { type Call, operandsOf, programOf, secretAt, spellingsOf, valuesOf } from "./call.ts";
import { changeShell, plantLink } from "./change-shell.ts";
import { type Data, mixed, textData, unknownData } from "./data.ts";
import { denialsOf } from "./deny-rules.ts";
import { embeddedTexts } from "./embedded-text.ts";
import { guessOutput } from "./guess-output.ts";
import { isRawNetwork, isShell } from "./rules/reverse-shell.ts";
import { fileData } from "./script-files.ts";
import { takeCommand, type Search, type ShellState, subshell, type Walked } from "./shell-state.ts";
import { wrappedIn } from "./unwrap.ts";
import { writtenBy } from "./written-by.ts";

/** Searches one call with everything it would run in turn; says what it prints. */
export function runCall(written: Call, shell: ShellState, search: Search): Data {
  if (!takeCommand(search, shell)) return unknownData;
  const call = { ...written, program: programName(written, search) };
  search.found.push(...denialsOf(call));
  const own = shell.functions.get(call.program);
  if (shell.calls.slice(0, -1).includes(call.program)) {
    search.found.push(`${call.program} calls itself by way of others`);
  }
  if (own !== undefined && search.repeatsLeft > 0 && !shell.calls.includes(call.program))
    return callFunction(call, own, shell, search);
  const inner = subshell(shell, 1);
  if (isShell(call.program)) giveArguments(call.args, inner);
  const printed = [
    ...nestedTexts(call, shell, search).map((text) =>
      search.interpreter.searchNested(text, isOwnShell(call) ? shell : inner, search, call.stdin),
    ),
    ...wrappedIn(call).map(([program = "", ...args]) =>
      runCall({ ...call, program, args }, inner, search),
    ),
  ];
  const alias = shell.aliases.get(call.program);
  if (alias !== undefined)
    printed.push(
      search.interpreter.searchNested([alias, ...call.args].join(" "), inner, search, call.stdin),
    );
  changeShell(call, shell);
  plantLink(call);
  return output(call, printed, search);
}

/** Texts that run in the shell itself: what they set stays. */
function isOwnShell({ program }: Call): boolean {
  return program === "eval" || program === "source" || program === ".";
}

/** Wildcards in a program's name are taken for the worst program they match. */
const likely = [
  "rm",
  "dd",
  "sh",
  "bash",
  "nc",
  "curl",
  "chmod",
  "mv",
  "tee",
  "cp",
  "cat",
  "shred",
  "sudo",
  "mkfs",
];

function programName({ program, scene, cwd }: Call, search: Search): string {
  const name = programOf(program);
  if (/[*?[]/.test(name)) {
    const source = name
      .replaceAll(/[\\^$+.()|{}]/g, String.raw`\$&`)
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    try {
      const pattern = new RegExp(`^${source}$`);
      return likely.find((each) => pattern.test(each)) ?? name;
    } catch {
      return name;
    }
  }
  if (!program.includes("/")) return name;
  const resolved = spellingsOf({ scene, cwd }, program).at(-1) ?? program;
  // A link in the project to a program of the system is that program.
  return search.files.has(resolved)
    ? name
    : programOf(resolved) === ""
      ? name
      : aliasOf(name, programOf(resolved));
}

/** Systems link `sh` to `dash` and small tools to one binary: the name that was called says what it does. */
function aliasOf(called: string, resolved: string): string {
  return /^(busybox|toybox|coreutils|dash|bash|\w+[.-]\d.*)$/.test(resolved) && called !== ""
    ? called
    : resolved;
}

/** Builtins with an option whose value is a command. */
const callers = new Set(["mapfile", "readarray", "compgen", "complete", "bind"]);

function nestedTexts(call: Call, shell: ShellState, search: Search): readonly string[] {
  const { program, args, stdin } = call;
  if (program === "eval") return [args.join(" ")];
  if (program === "trap") return args.slice(0, 1);
  if (program === "alias") return args.map((arg) => arg.replace(/^[^=]+=/, ""));
  if (callers.has(program)) return valuesOf(args, ["-C", "-x"]);
  if (program === "source" || program === ".") {
    const text =
      fileData(args[0] ?? "", shell, search).text ??
      (args[0] === "/dev/stdin" ? stdin?.text : undefined);
    return text === undefined ? [] : [text];
  }
  if (isShell(program)) return shellTexts(call, shell, search);
  const later = program === "at" || program === "batch" ? [stdin?.text ?? ""] : [];
  const written = search.files.get(spellingsOf(call, program)[0] ?? "")?.text;
  return [...embeddedTexts(call), ...later, ...(written === undefined ? [] : [written])];
}

function shellTexts({ args, stdin }: Call, shell: ShellState, search: Search): readonly string[] {
  const flag = args.findIndex((arg) => /^-[a-zA-Z]*c/.test(arg));
  if (flag !== -1) {
    const rest = args.slice(flag + 1).filter((arg) => !arg.startsWith("-"));
    return rest.slice(0, 1);
  }
  const isFed = args.some((arg) => /^-[a-zA-Z]*s/.test(arg));
  const [file] = isFed ? [] : operandsOf(args).filter((arg) => arg !== "/dev/stdin" && arg !== "-");
  const text = file === undefined ? stdin?.text : fileData(file, shell, search).text;
  return text === undefined ? [] : [text];
}

/** `sh -c text name first second`. */
function giveArguments(args: readonly string[], shell: ShellState): void {
  const flag = args.findIndex((arg) => /^-[a-zA-Z]*c/.test(arg));
  if (flag === -1) return;
  const given = args.slice(flag + 2);
  shell.variables.set("@", textData(given.slice(1).join(" ")));
  for (const [index, arg] of given.slice(0, 9).entries()) {
    shell.variables.set(String(index), textData(arg));
  }
}

function callFunction(call: Call, body: Walked, shell: ShellState, search: Search): Data {
  search.repeatsLeft -= 1;
  const inner = subshell(shell, 1);
  inner.calls.push(call.program);
  inner.variables.set("@", textData(call.args.join(" ")));
  inner.variables.set("*", textData(call.args.join(" ")));
  for (const [index, arg] of call.args.slice(0, 9).entries())
    inner.variables.set(String(index + 1), textData(arg));
  return search.interpreter.walkNode(body, inner, search, call.stdin);
}

const dumps = new Set(["env", "printenv", "export", "declare", "set", "typeset"]);
/** They read their operands and print what is in them. */
const quiet = new Set([
  "echo",
  "printf",
  "ls",
  "stat",
  "test",
  "[",
  "cd",
  "rm",
  "mkdir",
  "chmod",
  "touch",
  "find",
  "git",
  "source",
  ".",
  "ssh-keygen",
  "ssh-add",
  "which",
  "basename",
  "dirname",
  "realpath",
]);
/** What they write holds what they read. */
const packers = new Set([
  "cp",
  "tar",
  "zip",
  "7z",
  "gzip",
  "bzip2",
  "xz",
  "zstd",
  "openssl",
  "gpg",
  "base64",
  "dd",
  "rsync",
  "mv",
  "ln",
  "tee",
  "install",
  "age",
  "cat",
  "split",
  "xxd",
  "ar",
  "cpio",
]);

function output(call: Call, printed: readonly Data[], search: Search): Data {
  const { program, args, stdin } = call;
  for (const arg of args) search.sinks.get(arg)?.(stdin ?? unknownData);
  const inner = mixed(printed);
  const text = printed.length > 0 ? inner.text : guessOutput(program, args, stdin).text;
  const read = secretRead(call);
  const secret = call.secretWords ?? read ?? stdin?.secret ?? inner.secret;
  if (packers.has(program) && (read ?? stdin?.secret) !== undefined) {
    const targets = [...writtenBy(call), ...operandsOf(args)];
    for (const path of targets.flatMap((target) => spellingsOf(call, target))) {
      if (secretAt(call, path) === undefined)
        search.files.set(path, { ...unknownData, secret: read ?? stdin?.secret });
    }
  }
  const known =
    program === "cat"
      ? operandsOf(args).flatMap((path) => call.files.get(spellingsOf(call, path)[0] ?? "") ?? [])
      : [];
  return {
    text: text ?? (known.length > 0 ? mixed(known).text : undefined),
    secret,
    remote: isRawNetwork(call) || stdin?.remote === true || inner.remote,
    fromShell:
      isShell(program) || inner.fromShell || (stdin?.fromShell === true && !isShell(program)),
  };
}

function secretRead(call: Call): string | undefined {
  const { program, args } = call;
  if (dumps.has(program) && operandsOf(args).length === 0) return "the environment";
  if (program === "printenv") return "the environment";
  if (quiet.has(program)) return undefined;
  const candidates = args.flatMap((arg) => [arg, arg.replace(/^(-\w|--[\w-]+=|\w+=|@)/, "")]);
  const path = candidates.find((arg) => /[./]/.test(arg) && secretAt(call, arg) !== undefined);
  return path;
}
