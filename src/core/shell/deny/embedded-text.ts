import { type Call, hasOption, operandsOf, valuesOf } from "./call.ts";
import { fromBase64, fromHex } from "./decode-text.ts";

/** Options that take code, of each interpreter. */
const codeOptions: readonly { readonly program: RegExp; readonly options: readonly string[] }[] = [
  { program: /^python[\d.]*$|^pypy\d?$/, options: ["-c"] },
  { program: /^perl[\d.]*$/, options: ["-e", "-E"] },
  { program: /^ruby[\d.]*$|^jruby$/, options: ["-e"] },
  { program: /^(node|nodejs|bun|tsx|ts-node)$/, options: ["-e", "--eval", "-p", "--print", "-pe"] },
  { program: /^php[\d.]*$/, options: ["-r", "-B", "-R", "-E"] },
  {
    program:
      /^(lua[\d.]*|luajit|Rscript|R|julia|elixir|scala|groovy|osascript|guile|ghci|raku|tclsh|expect|racket|sbcl|clisp)$/,
    options: ["-e", "-c", "--eval", "--expr"],
  },
  { program: /^deno$/, options: ["eval"] },
  { program: /^(g|m|n|)awk$/, options: [] },
];

/** Programs that hand an argument, or a part of one, to a shell or another program. */
const carriers =
  /^(vim?|nvim|ex|ed|emacs|less|more|man|tar|bsdtar|gtar|zip|rsync|scp|sftp|ssh|sed|gsed|split|sort|make|gmake|npx|npm|pnpm|yarn|bunx|watch|tmux|screen|xterm|gnome-terminal|konsole|script|entr|parallel|su|runuser|flock|env|gdb|psql|mysql|sqlite3|ftp|systemd-run|run0|mosh|expect|sshpass|hyperfine|nodemon|concurrently|at|batch|unbuffer)$/;

/** The code that an interpreter is given on its command line or its standard input; undefined for everything else. */
export function codeOf(call: Call): string | undefined {
  const { program, args, stdin } = call;
  const options = codeOptions.find((entry) => entry.program.test(program))?.options;
  if (options === undefined) return undefined;
  const operands = operandsOf(args);
  if (options.length === 0) return operands.join("\n");
  const clustered = args.flatMap((arg, index) =>
    /^-[a-zA-Z]*[ceErp]$/.test(arg) ? [args[index + 1] ?? ""] : [],
  );
  const given = [...valuesOf(args, options), ...clustered];
  const isFed = operands.length === 0 || operands[0] === "-" || operands[0] === "/dev/stdin";
  const fed = isFed && stdin?.text !== undefined ? [stdin.text] : [];
  const all = [...given, ...fed];
  // Code in a string of code has its line ends spelled out.
  return all.length === 0 ? undefined : all.join("\n").replaceAll("\\n", "\n");
}

/** String literals of any of those languages. */
export function literalsOf(code: string): readonly string[] {
  return [
    ...code.matchAll(
      /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|%x\{([^}]*)\}|\bqx?[{(/]([^})/]*)/gs,
    ),
  ]
    .map((match) => match.slice(1).find((group) => group !== undefined) ?? "")
    .filter((text) => text !== "");
}

/** Without any of these a string is only a string. */
const executes =
  /system|popen|subprocess|exec|spawn|`|\bqx\b|%x|\bpty\b|shell|getline|Open3|\bIO\.|\bopen\b|"\s*\||\|\s*"|Deno\.Command|Bun\.\$|doshell/i;

/** Texts inside a call that may reach a shell. */
export function embeddedTexts(call: Call): readonly string[] {
  const code = codeOf(call);
  if (code !== undefined) {
    if (!executes.test(code)) return [];
    const literals = [...literalsOf(code)];
    const decoded = /base64|b64|atob|unhexlify|fromhex/i.test(code)
      ? literals.flatMap((text) => [fromBase64(text).text ?? "", fromHex(text).text ?? ""])
      : [];
    literals.push(...decoded.filter((text) => text !== ""));
    return literals.length > 1 ? [...literals, literals.join(" ")] : literals;
  }
  if (call.program === "git") return ofGit(call.args);
  if (!carriers.test(call.program)) return [];
  return [...call.args.flatMap((arg) => textsIn(arg)), ...joined(call)];
}

function textsIn(arg: string): readonly string[] {
  const texts: string[] = [];
  const cut = (text: string | undefined): void => {
    if (text !== undefined && /[\s/;|&]/.test(text.trim())) texts.push(text.trim());
  };
  cut(/^[^-!]/.test(arg) && /\s/.test(arg) ? arg : undefined);
  cut(/=(.*)/s.exec(arg)?.[1]);
  cut(/=\s*exec=(.*)/s.exec(arg)?.[1] ?? /^exec=(.*)/s.exec(arg)?.[1]);
  cut(/!(.*)/s.exec(arg)?.[1]);
  cut(/^-[a-zA-Z](.*\s.*)/s.exec(arg)?.[1]);
  // The `e` command of sed, `shell` of others.
  cut(/(?:^|[;{}\n\d$])\s*e\s+(.*)/s.exec(arg)?.[1]);
  const replaced = /s([/|#,@!])(?:\\.|(?!\1).)*\1((?:\\.|(?!\1).)*)\1\w*e/s.exec(arg)?.[2];
  cut(replaced?.replaceAll(/\\(.)/g, "$1"));
  cut(/(?:^|\s)\.?(?:shell|system)\s+(.*)/s.exec(arg)?.[1]);
  return texts.flatMap((text) => [text, ...(/^["'](.*)["']$/s.exec(text)?.slice(1) ?? [])]);
}

/** `ssh host rm -rf /`, `watch rm x`: the operands are one text together. */
function joined({ program, args }: Call): readonly string[] {
  const operands = operandsOf(args);
  if (program === "ssh" || program === "mosh" || program === "sshpass") {
    const host = args.findIndex((arg) => arg === operands[0]);
    return operands.length > 1 ? [args.slice(host + 1).join(" ")] : [];
  }
  if (program === "watch" || program === "parallel") return [operands.join(" ")];
  return program === "env" && hasOption(args, "S", "split-string")
    ? valuesOf(args, ["-S", "--split-string", "-vS", "-iS"])
    : [];
}

/** Only where git runs something: messages and patterns are text. */
function ofGit(args: readonly string[]): readonly string[] {
  const settings = valuesOf(args, ["-c"]).flatMap((value) => /=\s*!?(.*)/s.exec(value)?.[1] ?? []);
  const executed = valuesOf(args, [
    "-x",
    "--exec",
    "--extcmd",
    "--tree-filter",
    "--index-filter",
    "--msg-filter",
    "--env-filter",
    "--upload-pack",
    "--receive-pack",
  ]);
  const verb = args.findIndex((arg) => arg === "foreach" || arg === "run");
  const told =
    verb === -1
      ? []
      : [
          args
            .slice(verb + 1)
            .filter((arg) => arg !== "--recursive")
            .join(" "),
        ];
  const aliases = args.flatMap((arg) => /^!(.*)/s.exec(arg)?.[1] ?? []);
  const transports = args.flatMap((arg) => /^ext::(.*)/s.exec(arg)?.[1] ?? []);
  return [...settings, ...executed, ...told, ...aliases, ...transports];
}
