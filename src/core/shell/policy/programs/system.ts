import { allowed, ask } from "../../verdict.ts";
import type { ProgramPolicy } from "../program-policy.ts";

/** Small programs that say something about the machine, and take little. */
const plain: readonly (readonly [name: string, flags: string, long: string])[] = [
  [
    "uname",
    "amnoprsvi",
    "all kernel-name nodename kernel-release kernel-version machine processor hardware-platform operating-system",
  ],
  ["whoami", "", ""],
  ["id", "gGnruz", "group groups name real user zero"],
  ["groups", "", ""],
  ["logname", "", ""],
  ["hostname", "fsIid", "fqdn short long ip-address all-ip-addresses"],
  ["hostid", "", ""],
  ["arch", "", ""],
  ["nproc", "", "all"],
  ["uptime", "ps", "pretty since"],
  ["free", "bkmghltw", "bytes kilo mega giga human total wide si"],
  ["lscpu", "abcejpxy", "all online offline json hex physical"],
  ["lsblk", "abdfilmnOpPrStJ", "all bytes nodeps fs json list noheadings paths"],
  ["tty", "s", "silent quiet"],
  ["locale", "ack", "all-locales charmaps category-name keyword-name"],
  ["who", "abdHlmpqrsTtuw", "all boot count heading"],
  ["w", "hsfoi", ""],
  ["users", "", ""],
  ["cal", "13jmsyY", ""],
  ["ncal", "13jmsyY", ""],
  ["lsb_release", "avidrcs", "all short"],
  ["vmstat", "adfmnstwS", ""],
];

export const systemPolicies: readonly ProgramPolicy[] = [
  ...plain.map(([name, flags, long]): ProgramPolicy => ({
    names: [name],
    flags,
    long: `${long} help version`,
    operands:
      name === "id" || name === "groups"
        ? "text"
        : name === "cal" || name === "ncal"
          ? "number"
          : "none",
    allow: [name],
    notAllow: [`${name} --frobnicate`],
  })),
  {
    names: ["date"],
    flags: "uRI",
    long: "utc universal rfc-email help version",
    values: { d: "text", date: "text" },
    attached: { "iso-8601": "text", "rfc-3339": "text", I: "text" },
    operands: (word) =>
      word.kind === "literal" && word.text.startsWith("+")
        ? allowed
        : ask("date: it may set the clock"),
    operandsMax: 1,
    allow: ["date", "date +%F", "date -u -d yesterday +%s"],
    notAllow: ["date -s now", "date 010100002030", "date -f list", "date -r x"],
  },
  {
    names: ["pgrep", "pidof"],
    flags: "aflnovxcs",
    long: "list-name list-full full newest oldest exact count",
    values: { u: "text", P: "text", g: "text" },
    operands: "text",
    allow: ["pgrep -fl node"],
    notAllow: ["pgrep -F file"],
  },
  {
    names: ["pstree"],
    flags: "acghlnpstTuAU",
    operands: "text",
    allow: ["pstree -p", "pstree -p 1"],
    notAllow: ["pstree --frobnicate"],
  },
  {
    names: ["top"],
    flags: "bciHS1",
    values: { n: "number", d: "number", p: "text", u: "text", o: "text", w: "number" },
    operands: "none",
    // Otherwise it obeys keys, of which some end processes or write.
    check: ({ options }) =>
      ["b", "n"].every((letter) => options.some(({ name }) => name === letter))
        ? allowed
        : ask("top: it waits for keys"),
    allow: ["top -bn1", "top -b -n 1 -o %MEM"],
    notAllow: ["top", "top -b"],
  },
  {
    names: ["tput"],
    operands: {
      first: [
        [
          "cols",
          "lines",
          "colors",
          "setaf",
          "setab",
          "bold",
          "sgr0",
          "smul",
          "rmul",
          "rev",
          "longname",
        ],
      ],
      rest: "number",
    },
    operandsMin: 1,
    allow: ["tput cols", "tput setaf 1"],
    notAllow: ["tput init", "tput -S"],
  },
  {
    names: ["which", "whereis"],
    flags: "absmu",
    long: "all version help",
    operands: "text",
    allow: ["which node", "which -a git"],
    notAllow: ["which -i x"],
  },
  {
    names: ["getconf"],
    flags: "a",
    operands: "text",
    allow: ["getconf PAGE_SIZE"],
    notAllow: ["getconf -x y"],
  },
  {
    names: ["sleep"],
    operands: (word) =>
      word.kind === "literal" && /^(\d{1,2}(\.\d+)?)s?$/.test(word.text)
        ? allowed
        : ask("a long sleep"),
    operandsMax: 1,
    allow: ["sleep 1", "sleep 0.5"],
    notAllow: ["sleep 1000", "sleep 2h", "sleep infinity"],
  },
];
