/** What one ticket, pull request or commit is known by: `#1395`, `!1047`, `7d4d1bc`. "#336699" is a colour. */
const known = /^(?:[#!]\d{1,5}|(?=\w*\d\w*\d)(?=\w*[a-f])[\da-f]{7,40})$/;
/** "see PH-1047": "RTX-4090" is none. */
const referred =
  /\b(?:see|for|within|while (?:on|doing)|doing|tickets?|issues?|(?:pull|merge) requests?|prs?|mrs?|part of|covered by|links to|go on with) [A-Z][A-Z\d]+-\d+\b/;
const words = /(?<![\w&./-])[#!]?[A-Za-z\d]+(?![\w./-])/g;

/** What is a name of one such. */
export function isTicket(name: string): boolean {
  return known.test(name.replaceAll("`", ""));
}

/** Whether a text names one: what is said with it happened once, and takes the place of nothing. */
export function hasTicket(text: string): boolean {
  return referred.test(text) || (text.match(words) ?? []).some((word) => isTicket(word));
}
