import { type Call, operandsOf, programOf, valuesOf } from "./call.ts";
import { foundBy } from "./found-by.ts";

/** Programs that run the program in their arguments. Which options they take does not matter: every word is tried. */
const wrappers =
  /^(sudo|doas|env|nohup|timeout|gtimeout|nice|ionice|stdbuf|setsid|time|command|builtin|exec|watch|busybox|toybox|strace|ltrace|chrt|taskset|unshare|flock|su|runuser|pkexec|script|systemd-run|run0|firejail|proot|fakeroot|torsocks|torify|proxychains4?|rlwrap|unbuffer|caffeinate|dbus-run-session|dbus-launch|xvfb-run|npx|bunx|entr|gdb|setarch|linux64|linux32|i386|x86_64|eatmydata|choom|prlimit|numactl|start-stop-daemon|nsenter|chroot|cgexec|schroot|bwrap|faketime|catchsegv|valgrind|perf|hyperfine|coproc|then|do|else|eval|retry|parallel|daemonize|cpulimit|trickle|sshpass|op|direnv|poetry|pipenv|uv|bundle|npm|pnpm|yarn|ld\.so|ld-linux\S*|sg|newgrp|pidwait|at|trap|if|while|until|!|\{|-)$/;
/** Every word of a wrapper is a program's beginning; this many are looked at. */
const wordsMax = 24;

/** Whether the call runs another program that stands in its own words. */
export function isWrapper(program: string): boolean {
  return wrappers.test(program);
}

/** The argument lists that a call runs in turn, programs first. */
export function wrappedIn(call: Call): readonly (readonly string[])[] {
  const { program, args } = call;
  if (program === "find" || program === "gfind") return executedByFind(args);
  if (program === "fd" || program === "fdfind") {
    return ["-x", "-X", "--exec", "--exec-batch"]
      .map((option) => args.indexOf(option))
      .filter((index) => index !== -1)
      .map((index) => [...args.slice(index + 1), ...operandsOf(args.slice(0, index)).slice(1)]);
  }
  if (program === "xargs" || program === "gxargs") return executedByXargs(call);
  if (program === "parallel") return executedByParallel(call);
  if (!isWrapper(program)) return [];
  const starts = args
    .map((_, index) => args.slice(index))
    .filter(([word = ""]) => !/^-|^\w+=/.test(word));
  // What comes after a wrapper in a wrapper is its own to try.
  const next = starts.findIndex(([word = ""]) => isWrapper(programOf(word)));
  return (next === -1 ? starts : starts.slice(0, next + 1)).slice(0, wordsMax);
}

function executedByFind(args: readonly string[]): readonly (readonly string[])[] {
  return args.flatMap((arg, index) => {
    if (!/^-(exec|execdir|ok|okdir)$/.test(arg)) return [];
    const rest = args.slice(index + 1);
    const end = rest.findIndex(
      (word, at) => word === ";" || (word === "+" && rest[at - 1] === "{}"),
    );
    const words = end === -1 ? rest : rest.slice(0, end);
    const found = foundBy(args.slice(0, index));
    return found.length === 0
      ? [words]
      : found.map((start) => words.map((word) => word.replaceAll("{}", () => start)));
  });
}

const xargsValues = [
  "-I",
  "-n",
  "-P",
  "-L",
  "-d",
  "-s",
  "-E",
  "-a",
  "--arg-file",
  "--delimiter",
  "--max-args",
  "--max-procs",
  "--replace",
  "--max-lines",
];

function executedByXargs({ args, stdin }: Call): readonly (readonly string[])[] {
  let first = 0;
  while (first < args.length && args[first]?.startsWith("-") === true) {
    first += xargsValues.includes(args[first] ?? "") ? 2 : 1;
  }
  const words = args.slice(first);
  const [mark] = valuesOf(args.slice(0, first), ["-I", "--replace", "-i"]);
  const data = (stdin?.text ?? "")
    .split(mark === undefined ? /[\s\0]+/ : /[\n\0]+/)
    .filter((word) => word !== "")
    .slice(0, 64);
  if (words.length === 0) return [];
  if (mark === undefined) return [[...words, ...data]];
  return data.length === 0
    ? [words]
    : data.map((item) =>
        words.map((word) => word.replaceAll(mark === "" ? "{}" : mark, () => item)),
      );
}

function executedByParallel({ args, stdin }: Call): readonly (readonly string[])[] {
  const marks = args.findIndex((arg) => /^:::\+?$/.test(arg));
  const words = (marks === -1 ? args : args.slice(0, marks)).filter((arg) => !arg.startsWith("-"));
  const data =
    marks === -1
      ? (stdin?.text ?? "").split(/\s+/).filter((word) => word !== "")
      : args.slice(marks + 1);
  if (words.length === 0) return data.map((item) => item.split(" "));
  return [[...words.flatMap((word) => word.split(" ")).filter((word) => word !== "{}"), ...data]];
}
