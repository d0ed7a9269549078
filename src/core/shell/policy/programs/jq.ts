import type { ShellWord } from "../../script.ts";
import { allowed, ask, type ShellVerdict } from "../../verdict.ts";
import type { ProgramPolicy } from "../program-policy.ts";

/** Names in a filter that reach the environment, other files, or what lies on a search path. Blanks and comments may stand behind a `$`. */
const reaching =
  /(^|[^.\w$"])(env|include|import|modulemeta|get_search_list|input_filename)\b|\bENV\b/;

function judgeFilter(word: ShellWord): ShellVerdict {
  if (word.kind !== "literal") return ask("a jq filter that nobody knows");
  return reaching.test(word.text)
    ? ask("jq: the filter reads the environment or other files")
    : allowed;
}

export const jqPolicies: readonly ProgramPolicy[] = [
  {
    names: ["jq"],
    flags: "aCcejMnRrsSV",
    long: "ascii-output color-output compact-output exit-status join-output monochrome-output null-input raw-input raw-output slurp sort-keys stream tab seq version help raw-output0",
    values: { indent: "number" },
    pairs: ["arg", "argjson"],
    operands: { first: [judgeFilter], rest: "path" },
    allow: ["jq . package.json", "jq -r '.scripts | keys[]' package.json"],
    notAllow: [
      "jq -f filter package.json",
      "jq env package.json",
      "jq '$ENV.HOME' -n",
      "jq -n '$ ENV.HOME'",
      "jq -n '$\nENV'",
      "jq -n '$#\nENV'",
      "jq . ~/.docker/config.json",
      "jq -L . 'import \"x\" as x; .' a",
      "jq --rawfile x /etc/shadow . a",
    ],
  },
];
