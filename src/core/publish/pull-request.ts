import * as z from "zod";

import type { PublishWish } from "../../model/publish.ts";
import type { RepoAddress } from "../../model/repo.ts";
import { parseJson } from "../parse-json.ts";
import { locationOf } from "../repos/location-of.ts";

/** Longest text of a pull request, in characters: GitHub takes 65,536. */
const bodyMax = 60_000;

/** A repository as `gh` and `glab` name it: `host/owner/name`. */
export interface HostedRepo {
  readonly via: "gh" | "glab";
  readonly slug: string;
}

export function hostedRepoOf(address: RepoAddress, { via }: Pick<PublishWish, "via">): HostedRepo {
  const isHosted = address.kind === "remote" && address.host !== "";
  return {
    via: via === "glab" ? "glab" : "gh",
    slug: isHosted ? `${address.host}/${encodeURI(address.path)}` : locationOf(address),
  };
}

export interface ToolLine {
  readonly argv: readonly string[];
  readonly input?: string;
}

/** Asks for every pull request of a branch, closed ones too. */
export function findLine({ via, slug }: HostedRepo, branch: string): ToolLine {
  if (via === "gh") {
    const fields = "number,url,state,headRefName";
    return {
      argv: [
        "gh",
        "pr",
        "list",
        `--repo=${slug}`,
        `--head=${branch}`,
        "--state=all",
        "--limit=50",
        `--json=${fields}`,
      ],
    };
  }
  return {
    argv: [
      "glab",
      "mr",
      "list",
      `--repo=${slug}`,
      `--source-branch=${branch}`,
      "--all",
      "--output=json",
    ],
  };
}

/** Opens one. The text goes by standard input where the tool takes it so; every value is joined to its option. */
export function openLine(
  { via, slug }: HostedRepo,
  wish: Pick<PublishWish, "branch" | "title" | "body" | "labels" | "pr">,
  baseBranch: string | undefined,
): ToolLine {
  const body = wish.body.slice(0, bodyMax);
  const labels = wish.labels.map((label) => `--label=${label}`);
  const draft = wish.pr === "draft" ? ["--draft"] : [];
  if (via === "gh") {
    const base = baseBranch === undefined ? [] : [`--base=${baseBranch}`];
    const argv = ["gh", "pr", "create", `--repo=${slug}`, `--head=${wish.branch}`, ...base];
    return {
      argv: [...argv, `--title=${wish.title}`, "--body-file=-", ...draft, ...labels],
      input: body,
    };
  }
  const target = baseBranch === undefined ? [] : [`--target-branch=${baseBranch}`];
  const argv = [
    "glab",
    "mr",
    "create",
    `--repo=${slug}`,
    `--source-branch=${wish.branch}`,
    ...target,
  ];
  return {
    argv: [...argv, `--title=${wish.title}`, `--description=${body}`, ...draft, ...labels, "--yes"],
  };
}

const listed = z.array(
  z.object({
    url: z.url({ protocol: /^https?$/ }).optional(),
    web_url: z.url({ protocol: /^https?$/ }).optional(),
    state: z.string(),
    headRefName: z.string().optional(),
    source_branch: z.string().optional(),
  }),
);

export interface FoundPull {
  readonly url: string;
  readonly isOpen: boolean;
}

/** Those of exactly this branch; undefined: what was printed is not understood. */
export function readFound(output: string, branch: string): readonly FoundPull[] | undefined {
  const parsed = listed.safeParse(parseJson(output));
  if (!parsed.success) return undefined;
  return parsed.data.flatMap(({ url, web_url: web, state, ...one }) => {
    const at = url ?? web;
    const of = one.headRefName ?? one.source_branch ?? branch;
    return at === undefined || of !== branch ? [] : [{ url: at, isOpen: isOpenState(state) }];
  });
}

/** The tools print the address of what they made, among other things. */
export function readOpened(output: string): string | undefined {
  return /https?:\/\/[^\s"'<>]+\/(?:pull|merge_requests)\/\d+/.exec(output)?.[0];
}

function isOpenState(state: string): boolean {
  return /^open(?:ed)?$/i.test(state);
}
