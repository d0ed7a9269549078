import { Lang, parse, type SgNode } from "@ast-grep/napi";

/** Elements that a reader sees begin and end on a line of their own. */
const blocks = new Set(
  "address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section summary table tbody td tfoot th thead title tr ul".split(
    " ",
  ),
);
const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  mdash: "—",
  ndash: "–",
  hellip: "…",
  copy: "©",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
};

/** What a reader sees of a page: no scripts, styles or comments; a link's address stands behind it. */
export function htmlToText(html: string, base: URL): string {
  const nodes = parse(Lang.Html, html)
    .root()
    .findAll({
      rule: { any: ["text", "entity", "start_tag", "self_closing_tag", "end_tag"].map(ofKind) },
    });
  let text = "";
  let end = 0;
  let link: string | undefined;
  for (const node of nodes) {
    const range = node.range();
    const gap = /\s/.test(html.slice(end, range.start.index)) ? " " : "";
    end = range.end.index;
    const kind = String(node.kind());
    if (kind === "text") text += gap + node.text().replaceAll(/\s+/g, " ");
    else if (kind === "entity") text += gap + decoded(node.text());
    else {
      const name = node.child(1)?.text().toLowerCase() ?? "";
      if (name === "a") {
        text += kind === "end_tag" ? shownLink(link) : gap;
        link = kind === "end_tag" ? undefined : hrefOf(node, base);
      } else
        text += blocks.has(name) ? `\n${name === "li" && kind !== "end_tag" ? "- " : ""}` : gap;
    }
  }
  return text
    .split("\n")
    .map((line) => line.replaceAll(/[ \t]+/g, " ").trim())
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

function ofKind(kind: string): { readonly kind: string } {
  return { kind };
}

function shownLink(link: string | undefined): string {
  return link === undefined ? "" : ` (${link})`;
}

/** The address of a link to another page; those within the page, and those that are code, are left out. */
function hrefOf(tag: SgNode, base: URL): string | undefined {
  const [, href] = /\shref\s*=\s*["']?([^"'\s>]+)/i.exec(tag.text()) ?? [];
  if (href === undefined || href.startsWith("#")) return undefined;
  const url = URL.parse(href.replaceAll("&amp;", "&"), base.href);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

function decoded(entity: string): string {
  const name = entity.slice(1, -1);
  const [, hex, decimal] = /^#(?:[xX]([\da-fA-F]{1,6})|(\d{1,7}))$/.exec(name) ?? [];
  if (hex === undefined && decimal === undefined) return named[name] ?? entity;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
}
