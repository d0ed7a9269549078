import { normalize } from "node:path/posix";

import type { RepoAddress } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";

/** Why a text is no repository, and what would be one. Never holds a credential. */
export interface AddressProblem {
  readonly message: string;
  readonly expected: string;
}

const anyForm = "owner/name, an https, ssh or file URL, or a path that begins with / or ./";
const hostName = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i;
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;
/** Where a short `owner/name` is looked for. */
const defaultHost = "github.com";
const usualPorts: Readonly<Record<string, string>> = { https: "443", http: "80", ssh: "22" };
/** Their repositories are found whatever the case of the letters. */
const caseless: ReadonlySet<string> = new Set(["github.com", "gitlab.com", "bitbucket.org"]);

/**
 * What one entry of a list means. Entries are hostile: nothing that git or ssh would take for an option, no transport
 * that runs a program, no credential that would end up in the journal. `folder` is what paths are relative to.
 */
export function parseAddress(text: string, folder: string): Result<RepoAddress, AddressProblem> {
  const shown = JSON.stringify(withoutCredentials(text));
  const no = (why: string, expected = anyForm): Result<never, AddressProblem> =>
    err({ message: `${shown} ${why}`, expected });
  if (text === "") return no("names no repository");
  if (/\p{Cc}/u.test(text)) return no("holds control characters");
  if (text.startsWith("-")) return no("would be read as an option");
  if (/^(?:\.{1,2}$|\.{0,2}\/)/.test(text)) return ok(folderAddress(text, folder));
  // `ext::`; an IPv6 address has its colons in brackets.
  if (/::/.test(text.replace(/\[[0-9a-f:]*\]/i, "")))
    return no("names a transport that runs a program");
  if (text.startsWith("~"))
    return no("begins with ~, which only a shell expands", "the whole path");
  if (/\s/.test(text)) return no("is not a repository");
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined) return urlAddress({ text, scheme, no });
  if (text.includes("://")) return no("is not a repository");
  const scp = /^(?:([\w.-]+)@)?([^\s:/@]+):([^:].*)$/.exec(text);
  if (scp !== null && (scp[1] !== undefined || scp[2]?.includes(".") === true)) {
    const [, , host = "", path = ""] = scp;
    return remote({ url: text, scheme: "ssh", host, port: "", path, no });
  }
  return /^[\w.-]+\/[\w.-]+$/.test(text)
    ? remote({
        url: `https://${defaultHost}/${text.replace(/\.git$/, "")}.git`,
        scheme: "https",
        host: defaultHost,
        port: "",
        path: text,
        no,
      })
    : no("is not a repository");
}

/** The same with whatever stands between `://` and `@` covered, letter by letter, so that columns stay. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/(?<=:\/\/)[^\s/@]+(?=@)/g, (user) =>
    user === "git" ? user : "*".repeat(user.length),
  );
}

type No = (why: string, expected?: string) => Result<never, AddressProblem>;

function folderAddress(text: string, folder: string): RepoAddress {
  const path = normalize(text.startsWith("/") ? text : `${folder}/${text}`);
  const clean = path.length > 1 ? path.replace(/\/$/, "") : path;
  // Only the disk knows.
  return { kind: "folder", path: clean, isBare: false };
}

function urlAddress({
  text,
  scheme,
  no,
}: {
  readonly text: string;
  readonly scheme: string;
  readonly no: No;
}): Result<RepoAddress, AddressProblem> {
  const parts = /^[^:]+:\/\/(?:([^/@]*)@)?((?:\[[^\]/]*\])|[^/:@]*)(?::(\d{1,5}))?(\/.*)?$/.exec(
    text,
  );
  if (parts === null) return no("is not a URL");
  const [, user, host = "", port = "", path = ""] = parts;
  if (/[?#\\]/.test(path)) return no("has a query or a fragment", "the URL that git clone takes");
  if (user !== undefined && (scheme !== "ssh" || user.includes(":"))) {
    return no(
      "holds a credential, which would end up in the journal",
      "the URL alone: git's credential helper knows who you are",
    );
  }
  if (scheme === "file") {
    return host === "" || host === "localhost"
      ? remote({ url: text, scheme, host: "", port: "", path, no })
      : no("names another machine", "file:///path");
  }
  if (scheme === "http" && !loopback.test(host)) {
    return no("goes over plain http, where anybody can change what arrives", "https://");
  }
  if (!Object.hasOwn(usualPorts, scheme)) return no(`goes over ${scheme}`, anyForm);
  if (user !== undefined && !/^[\w][\w.-]*$/.test(user)) return no("has a strange user name");
  return remote({ url: text, scheme, host, port, path, no });
}

function remote(of: {
  readonly url: string;
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly no: No;
}): Result<RepoAddress, AddressProblem> {
  const { url, scheme, no } = of;
  if (scheme !== "file" && !hostName.test(of.host)) return no("has no proper host name");
  const decoded = decode(of.path);
  if (decoded === undefined || /\p{Cc}/u.test(decoded)) return no("is not well-formed");
  const segments = decoded.split("/").filter((segment) => segment !== "" && segment !== ".");
  const last = segments.at(-1)?.replace(/\.git$/, "") ?? "";
  if (segments.length === 0 || last === "") return no("names no repository");
  if (segments.some((segment) => segment === ".." || segment.startsWith("-"))) {
    return no("has a path that leads elsewhere");
  }
  const host = of.host.toLowerCase().replace(/^www\./, "");
  const port = of.port === "" || of.port === usualPorts[scheme] ? "" : `:${of.port}`;
  const path = [...segments.slice(0, -1), last].join("/");
  return ok({
    kind: "remote",
    url,
    host: `${host}${port}`,
    path: scheme === "file" ? `/${segments.join("/")}` : path,
  });
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone %.
    return undefined;
  }
}

/** The same for https, ssh and short forms, with or without `.git`, for whatever case the host ignores. */
export function keyOf(address: RepoAddress): string {
  if (address.kind === "folder") return folderKey(address.path);
  if (address.host === "") return folderKey(address.path);
  const path = caseless.has(address.host) ? address.path.toLowerCase() : address.path;
  return `${address.host}/${path}`;
}

/** A checkout and its own git folder are one repository. */
function folderKey(path: string): string {
  return path.replace(/\/\.git$/, "");
}
