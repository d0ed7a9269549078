/** It stands for a secret that is somewhere else, or for none. */
const elsewhere = String.raw`(?!\$|<|\{|%[A-Za-z_]+%|\[redacted|\*+(?!\S)|\.{3})`;
const shapes = [
  // .pgpass
  new RegExp(
    String.raw`(^[\w.*-]{1,100}:(?:\d{2,5}|\*):[\w*-]{1,60}:[\w*-]{1,60}:)${elsewhere}(\S{3,256})$`,
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
  // Connection strings: alone, `PWD` is a folder.
  new RegExp(String.raw`(;\s?[Pp](?:wd|WD)\s?=\s?["']?)${elsewhere}([^;"'\s]{3,256})`, "g"),
];

/** Most texts have none of them. */
const anyOf =
  /:(?:\d{2,5}|\*):|WIFI:|SecureString|--from-literal|;\s?[Pp](?:wd|WD)|Secret|accounts/;

const isSecretObject = /\bkind["']?\s{0,2}:\s{0,2}["']?Secret(?![A-Za-z])/;
const block = /^([ \t]{0,20})(?:stringData|data):[ \t]*\n((?:\1[ \t]+[^\n]*(?:\n|$))+)/gm;
const inline = /((?:stringData|data)["']?\s{0,2}:\s{0,2}\{)([^{}]{1,4000})/g;
const held = new RegExp(
  String.raw`((?:^|[,{])\s{0,20}["']?[\w.-]{1,80}["']?:[ \t]{0,4}["']?)(?!\||>)${elsewhere}([^\s"',{}]{4,4000})`,
  "gm",
);

/**
 * Takes the secrets out of configuration that has a form of its own for them: `.pgpass`, connection strings, the objects in which
 * Kubernetes has secrets, whatever their fields are called.
 */
export function withoutConfigSecrets(text: string, mark: string): string {
  if (!anyOf.test(text)) return text;
  const clean = shapes.reduce((left, shape) => left.replaceAll(shape, `$1${mark}`), text);
  if (!isSecretObject.test(clean)) return clean;
  const gone = (values: string): string => values.replaceAll(held, `$1${mark}`);
  return clean
    .replaceAll(
      block,
      (whole, _: string, values: string) =>
        whole.slice(0, whole.length - values.length) + gone(values),
    )
    .replaceAll(inline, (_, before: string, values: string) => before + gone(values));
}
