import { type Call, type DenyRule, operandsOf, secretAt, valuesOf } from "../call.ts";
import { isRawNetwork } from "./reverse-shell.ts";

/** They ask name servers, which hand on whatever the name holds. */
const resolvers = new Set([
  "dig",
  "nslookup",
  "host",
  "ping",
  "ping6",
  "drill",
  "kdig",
  "getent",
  "traceroute",
  "tracepath",
  "whois",
  "delv",
  "resolvectl",
  "arping",
  "fping",
]);
/** What they are given as operands goes out. */
const senders = new Set([
  "scp",
  "sftp",
  "rsync",
  "rclone",
  "ftp",
  "tftp",
  "lftp",
  "ncftpput",
  "croc",
  "wormhole",
  "magic-wormhole",
  "ffsend",
  "transfer",
  "aws",
  "gsutil",
  "gcloud",
  "az",
  "s3cmd",
  "b2",
  "mc",
  "gh",
  "glab",
  "firebase",
  "vercel",
  "netlify",
  "surge",
  "ipfs",
  "pastebinit",
  "mail",
  "mailx",
  "mutt",
  "sendmail",
  "swaks",
  "msmtp",
  "telegram-send",
  "wget",
  "finger",
  "smbclient",
  "nc",
  "ncat",
  "netcat",
  "socat",
]);
/** They send what reaches them on standard input. */
const streams = new Set([
  ...senders,
  ...resolvers,
  "curl",
  "ssh",
  "http",
  "https",
  "xh",
  "httpie",
  "telnet",
  "openssl",
  "websocat",
  "gist",
  "nc.openbsd",
  "lynx",
  "curlie",
  "grpcurl",
  "wscat",
  "logger",
  "redis-cli",
  "mosquitto_pub",
  "xargs-curl",
]);
const metadata =
  /(^|[/@.[\]:])(169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|metadata\.goog|100\.100\.100\.200|fd00:ec2::254|2852039166|0xa9fea9fe|0xa9\.0xfe\.0xa9\.0xfe|0251\.0376\.0251\.0376|instance-data)(?=$|[/:\]?#])/i;
/** Options that use a secret where it belongs: a key to log in with is not sent. */
const keyOptions = [
  "-i",
  "--key",
  "--cert",
  "-E",
  "--cacert",
  "--capath",
  "--private-key",
  "--certificate",
  "--ca-certificate",
  "--netrc-file",
  "--kubeconfig",
  "--identity",
  "-e",
  "--rsh",
  "-o",
  "-F",
  "--config-file",
];

/** Secrets on their way out, and credentials from the cloud's metadata service. */
export const exfiltration: DenyRule = (call) => {
  const { program, args, secretWords, stdin } = call;
  const isNetwork = streams.has(program) || isRawNetwork(call) || isRemoteGit(call);
  if (!isNetwork) return undefined;
  if (args.some((arg) => metadata.test(arg))) return `${program} asks the cloud's metadata service`;
  if (secretWords !== undefined) return `${program} sends ${secretWords}`;
  if (stdin?.secret !== undefined) return `${program} sends ${stdin.secret}`;
  const sent = pathsSent(call).find((path) => secretAt(call, path) !== undefined);
  return sent === undefined ? undefined : `${program} sends ${sent}`;
};

function isRemoteGit({ program, args }: Call): boolean {
  return (
    program === "git" && args.some((arg) => /^(remote|push|clone|fetch|pull|ls-remote)$/.test(arg))
  );
}

function pathsSent(call: Call): readonly string[] {
  const { program, args } = call;
  if (program === "curl" || program === "curlie") return curled(args);
  if (program === "http" || program === "https" || program === "xh") {
    return args.flatMap((arg) => /(?:=|:|^)@(.+)$/.exec(arg)?.[1] ?? []);
  }
  if (program === "wget") {
    return valuesOf(args, ["--post-file", "--body-file", "-i", "--input-file"]);
  }
  if (!senders.has(program)) return [];
  const keys = new Set(valuesOf(args, keyOptions));
  const told = /^(sftp|ftp|lftp|tftp)$/.test(program) ? (call.stdin?.text ?? "").split(/\s+/) : [];
  return [...operandsOf(args), ...told]
    .filter((operand) => !keys.has(operand))
    .flatMap((operand) => [
      operand,
      ...(/^(?:file|open|gopen|fd):([^,]+)/i.exec(operand)?.slice(1) ?? []),
    ])
    .flatMap((operand) => [operand, operand.replace(/^(file:\/\/|@)/, "")]);
}

function curled(args: readonly string[]): readonly string[] {
  const uploads = valuesOf(args, ["-T", "--upload-file"]);
  const sentBy = [
    "-d",
    "--data",
    "--data-binary",
    "--data-raw",
    "--data-ascii",
    "--data-urlencode",
    "--json",
    "-F",
    "--form",
    "-H",
    "--header",
    "--url-query",
    "--mail-rcpt",
    "-b",
    "--cookie",
    "--form-string",
  ];
  const quoted = valuesOf(args, sentBy).flatMap(
    (value) => /(?:^|=|[\w-])[@<]([^;]+)/.exec(value)?.[1] ?? [],
  );
  // Clusters end in the option that takes the value: `-sd @file`, `-XPOST -sST file`.
  const clustered = args.flatMap((arg, index) =>
    /^-[a-zA-Z]*[dFT]$/.test(arg) ? [(args[index + 1] ?? "").replace(/^.*?@/, "")] : [],
  );
  const files = args.flatMap((arg) => /^file:\/\/(?:localhost)?(\/.*)/i.exec(arg)?.[1] ?? []);
  return [...uploads, ...quoted, ...clustered, ...files.filter(() => args.length > 1)];
}
