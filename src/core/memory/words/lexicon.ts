import { stem, stems } from "./stem.ts";

/** Words that carry no meaning of their own in a statement. */
export const stopWords = stems(
  `a an the this that these those it its our we they their them i my you your he she his her one ones of for in on at to with by from as via
  under into onto over per and or but so than then there here which who whom whose be been being am can could will would shall
  should must may might do does did has have had not no if when while also too just only very really quite still already now
  currently today using out off up down about across along towards within through behind around between both all each every any
  some more most own it's we've that's there's default basically simply actually new old current anymore longer instead rather
  everywhere always never again yet ever much well since until till before after as
  time times number amount value setting option`,
);

/** Verbs that only tie a value to what it is of: what is meant is in the nouns. */
export const lightVerbs = stems(
  `be use run have set configure keep live go sit stay work do make get take give put see say come become turn stand hold remain point
  define specify choose pick select adopt switch move change migrate upgrade downgrade bump update rename replace raise lower increase
  decrease reduce drop cut shift transition convert land happen equal amount start begin launch serve rely employ
  utilize utilise operate perform prefer want like need require expect handle manage do apply belong decide agree settle revert
  swap standardise standardize accept allow bring introduce offer mean appear seem look assign reassign hand tune adjust extend
  shorten double halve grow shrink rise fall retire deprecate sunset wrap call name`,
);

/** Verbs that say: it was another way before. */
export const changeVerbs = stems(
  `switch move change migrate upgrade downgrade bump update rename replace raise lower increase decrease reduce drop cut shift transition
  convert rewrite relicense revert swap reassign adjust extend shorten double halve grow shrink rise fall hand`,
);

/** Nouns that name a thing once more: "the auth service" is "auth". They count only where two names differ in them. */
export const weakNouns = stems(
  `service server app application project repo repository package module library component system team tool
  config configuration count size level period length duration name type kind version environment platform
  os implementation code codebase file files folder directory suite job process instance thing way part page site box`,
);

const groups = `
port: listen bind
owner: own ownership maintain maintainer responsible steward
deploy: deployment host hosting hosted
timeout: time-out
retry: attempt
command: cmd
format: formatter formatting
lint: linter
indent: indentation
license: licence licensed relicense relicensed relicensing
database: db datastore
max: maximum limit cap ceiling upper
min: minimum lower-bound
ttl: time-to-live
document: doc docs documentation
production: prod live-environment
development: dev
staging: stage
macos: mac osx darwin
windows: win win32
linux: ubuntu-linux
kubernetes: k8s
postgres: postgresql
javascript: js
typescript: ts
authentication: authn
environment: env
variable: var
folder: dir directory
library: lib
package: pkg
service: svc
application: app
repository: repo
configuration: config
language: lang rewrite
arm64: aarch64
x86_64: amd64 x64
firefox: ff
function: func
message: msg
request: req
response: resp
dependency: dep depend
manager: mgr
schedule: cron
log: logging
credential: creds
`;

const canonical = new Map(
  groups
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [head = "", rest = ""] = line.split(":");
      return rest
        .trim()
        .split(" ")
        .map((word): [string, string] => [stem(word), stem(head)]);
    }),
);

/** The stem that stands for a word and all that means the same. */
export function meaning(word: string): string {
  const lower = word.toLowerCase();
  // What is written in a language is of it; who writes to a file is not.
  if (lower === "written" || lower === "rewritten") return stem("language");
  // Its stem would be "them".
  if (/^themes?$/.test(lower)) return "theme";
  const own = stem(lower);
  return canonical.get(own) ?? own;
}

export const meanings = (words: string): ReadonlySet<string> =>
  new Set(words.split(/\s+/).filter(Boolean).map(meaning));

/** Words that narrow a statement wherever they stand: what holds under one of them says nothing about another. */
export const conditions = meanings(
  `linux macos windows ubuntu debian alpine fedora android ios freebsd wsl arm64 x86_64 riscv arm intel amd m1 m2 musl glibc
  staging production development qa preview canary sandbox uat preprod locally remotely nightly
  chrome safari firefox edge opera webkit chromium desktop mobile tablet phone
  europe european asia asian africa african america american us usa united kingdom eu apac emea global regional
  enterprise guest guests anonymous staff weekday weekend weekdays weekends peak idle cold warm`,
);

/** Words that tell two things apart that are otherwise called the same: "read timeout", "write timeout". */
export const narrowing: ReadonlySet<string> = new Set([
  ...conditions,
  ...meanings(
    `local remote ci cd daily hourly weekly monthly yearly debug release read write connect upload download client
    server inbound outbound incoming outgoing ingress egress min max average p50 p95 p99 soft hard primary secondary replica leader
    follower first last minor major public private internal external frontend backend free paid admin day night unit integration e2e
    smoke load hot input output source target get post put patch delete create enable disable start stop open close`,
  ),
]);

/** Of these there can be several at once: another one takes nothing away. */
export const manyVerbs = meanings(
  `depend depends support import export include contain provide consume publish subscribe emit integrate tag label review read write
  call fetch query cover handle expose speak implement extend interoperate notify alert sync feed talk connect collaborate
  available compatible work work_with require need accept allow use see know import mention affect`,
);
/** What several people do, each for themselves. */
export const sharedDeeds = meanings(`review contribute moderate translate`);
export const manyNouns = meanings(
  `dependency tag label reviewer contributor member plugin feature toggle consumer producer subscriber dependent integration extension locale topic
  keyword alias stakeholder caveat gotcha peer issue limitation quirk flake flag experiment shortcut hook webhook listener
  follower recipient participant attendee translator guest sponsor partner customer supplier exception warning assumption
  constraint requirement risk lesson pitfall workaround skill expertise synonym symptom attachment artifact mirror case question
  mitigation alternative criterion criteria patent equipment switch dashboard rule waiver permission`,
);

/** Whatever it is of, there is only one. */
export const onlyOne = meanings(`default primary fallback main preferred canonical`);

/** Of these there is one at a time, whatever stands around them. */
export const oneNouns = meanings(
  `port version timeout region branch max min ttl interval level language license indent format manager command host url path location
  database size count owner holder lead deploy hosting formatter linter runner bundler compiler framework broker registry schedule
  retry captain manager broker engine backend theme color colour name prefix suffix base root entrypoint
  strategy policy mode protocol algorithm encoding timezone currency quota threshold concurrency parallelism capacity`,
);
