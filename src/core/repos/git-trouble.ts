/** What kept git from reaching a repository, as far as its words tell. */
export type GitTrouble =
  /** The network, the server, its limits: it may work in a moment. */
  | "passing"
  /** The server wants to know who asks. */
  | "credentials"
  | "missing"
  | "host-key"
  | "disk-full"
  | "other";

/** Signs in what git, curl and ssh say under `LC_ALL=C`; the first that fits counts. */
const signs: readonly (readonly [GitTrouble, RegExp])[] = [
  ["disk-full", /No space left on device|Disk quota exceeded/i],
  ["host-key", /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/i],
  [
    "passing",
    new RegExp(
      [
        "Could not resolve host|Temporary failure in name resolution|Resolving timed out",
        "Connection (?:timed out|refused|reset|closed)|Operation timed out|Network is unreachable|No route to host",
        "Failed to connect to|Couldn't connect to server|kex_exchange_identification",
        "early EOF|unexpected disconnect|RPC failed|hung up unexpectedly|unexpected EOF|transfer closed",
        "SSL_ERROR_SYSCALL|gnutls_handshake|TLS connection was non-properly terminated|HTTP/2 stream",
        "too slow|it took too long|bytes\\/sec transferred the last",
        "returned error: (?:408|425|429|5\\d\\d)|rate limit|Too many requests",
        "Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out",
        "cannot lock ref|Unable to create '.*\\.lock'",
      ].join("|"),
      "i",
    ),
  ],
  [
    "credentials",
    /Authentication failed|could not read (?:Username|Password)|Permission denied|returned error: 40[13]|terminal prompts disabled|Access denied/i,
  ],
  [
    "missing",
    /Repository not found|does not appear to be a git repository|returned error: 404|repository '.*' not found|does not exist|couldn't find remote ref|no such remote ref|Could not find remote branch/i,
  ],
];

export function gitTroubleOf(stderr: string): GitTrouble {
  return signs.find(([, sign]) => sign.test(stderr))?.[0] ?? "other";
}

/** What a person can do about it. */
export function troubleHint(trouble: GitTrouble): string | undefined {
  switch (trouble) {
    case "passing":
      return "the server or the way to it fails; run again later";
    case "credentials":
      return "see that git clone works by hand: Skein uses your credential helper or ssh agent, and never asks";
    case "missing":
      return "see that the address and the branch are right, and that you may see it";
    case "host-key":
      return "ssh does not know this host: connect once by hand, and look at its key";
    case "disk-full":
      return "the disk is full; skein cache gc frees room";
    case "other":
      return undefined;
  }
}
