/** It stands for a secret that is somewhere else, or for none. */
const elsewhere = String.raw`(?!\$|<|\{|%[A-Za-z_]+%|\[redacted|\*+(?!\S)|\.{3})`;
const shapes = [
  // .pgpass: what compilers say, and addresses of machines, have numbers between their colons
  new RegExp(
    String.raw`(^[\w.*-]{1,100}:(?:\d{4,5}|\*)(?::(?=[\d_-]{0,60}[A-Za-z*])[\w*-]{1,60}){2}:)${elsewhere}((?:[^\s:\\]|\\[^\s]){3,256})$`,
    "gm",
  ),
  // The code on the wall that phones read
  new RegExp(
    String.raw`(\bWIFI:(?:[A-OQ-Z]:[^;\n]{0,80};){0,4}P:)${elsewhere}([^;\n]{3,256})`,
    "g",
  ),
  new RegExp(
    String.raw`(ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?["'])${elsewhere}([^"'\n]{3,256})`,
    "g",
  ),
  new RegExp(String.raw`(--from-literal[= ]["']?[\w.-]{1,80}=)${elsewhere}([^\s"']{3,256})`, "g"),
  // Whoever deploys contracts signs with these; an address is shorter.
  /((?=0x[\da-f]{64}(?![\da-f]))(?<=\baccounts["']?\s{0,2}:\s{0,2}\[[^\]]{0,400}))(0x[\da-f]{64})/gi,
];
/** Connection strings say to where; alone, `PWD` is a folder. */
const connection = /^.*;\s?[Pp](?:wd|WD)\s?=.*$/gm;
const connects = /(?<![a-z])(?:server|host|uid|user id)\s?=/i;
const pwd = new RegExp(
  String.raw`(;\s?[Pp](?:wd|WD)\s?=\s?["']?)(?![/~.])${elsewhere}([^;"'\s]{3,256})`,
  "g",
);

/** Most texts have none of them. */
const anyOf =
  /:(?:\d{4,5}|\*):|WIFI:|SecureString|--from-literal|;\s?[Pp](?:wd|WD)|Secret|accounts/;

const isSecretObject = /\bkind["']?\s{0,2}:\s{0,2}["']?Secret(?![A-Za-z])/;
const documents = /^(?=---(?:\s|$))/m;
const opensBlock = /^[ \t]{0,20}(?:stringData|data):[ \t]*(?:#.*)?$/;
const field = /^([ \t]{1,40}["']?[\w.-]{1,80}["']?:[ \t]{1,4})(\S.*)$/;
const inline =
  /((?:stringData|data)["']?\s{0,2}:\s{0,2}\{)((?:"(?:[^"\\]|\\.){0,1000}"?|'[^'\n]{0,1000}'?|[^{}"']){1,1000})/g;
const inlineField =
  /((?:^|[,{])\s{0,20}["']?[\w.-]{1,80}["']?\s?:\s{0,4})("(?:[^"\\]|\\.){0,1000}"|'[^'\n]{0,1000}'|[^\s"',{}][^"',{}\n]{0,1000})/g;
const isElsewhere = new RegExp(`^(?!${elsewhere})`);

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

/** What is quoted ends with the quote, all else with the line, or in front of a comment. */
function withoutHeld(value: string, mark: string): string {
  const [, open = "", held = "", rest = ""] =
    /^(")((?:[^"\\]|\\.)*)(".*)$/.exec(value) ??
    /^(')((?:[^']|'')*)('.*)$/.exec(value) ??
    /^(["']?)(.*?)(\s+#.*|\s*)$/.exec(value) ??
    [];
  return held.length < 4 || isElsewhere.test(held) ? value : open + mark + rest;
}

/** The values in one document, whatever their fields are called; what is indented further than a field goes on with its value. */
function withoutHeldSecrets(text: string, mark: string): string {
  if (!isSecretObject.test(text)) return text;
  let block: number | undefined;
  let fields: number | undefined;
  const lines = text.split(/(\r?\n)/).map((line) => {
    if (line.trim() === "") return line;
    const indent = indentOf(line);
    if (block === undefined || indent <= block) {
      block = opensBlock.test(line) ? indent : undefined;
      fields = undefined;
      return line;
    }
    fields ??= indent;
    if (indent > fields) return line.slice(0, indent) + mark;
    const [, before = "", value = ""] = field.exec(line) ?? [];
    return value === "" || /^[|>]/.test(value) ? line : before + withoutHeld(value, mark);
  });
  return lines
    .join("")
    .replaceAll(
      inline,
      (_, before: string, values: string) =>
        before +
        values.replaceAll(
          inlineField,
          (__, name: string, value: string) => name + withoutHeld(value, mark),
        ),
    );
}

/**
 * Takes the secrets out of configuration that has a form of its own for them: `.pgpass`, connection strings, the objects in which
 * Kubernetes has secrets, whatever their fields are called.
 */
export function withoutConfigSecrets(text: string, mark: string): string {
  if (!anyOf.test(text)) return text;
  const clean = shapes
    .reduce((left, shape) => left.replaceAll(shape, `$1${mark}`), text)
    .replaceAll(connection, (line) =>
      connects.test(line) ? line.replaceAll(pwd, `$1${mark}`) : line,
    );
  return clean
    .split(documents)
    .map((document) => withoutHeldSecrets(document, mark))
    .join("");
}
