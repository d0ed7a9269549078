/** Whether a text names one. */
export function hasTicket(text: string): boolean {
  return (text.match(words) ?? []).some((word) => isTicket(word));
}

const words = /[#!]\d+\b|(?<![\w./-])[A-Za-z\d]+(?:-\d+)?(?![\w./-])/g;

/**
 * What one ticket, pull request, run or commit is known by: `#1395`, `!1047`, `PH-1047`, `7d4d1bc`. What is said with one happened once, and
 * takes the place of nothing.
 */
export function isTicket(name: string): boolean {
  return ticket.test(name) && !standard.test(name);
}

const ticket = /^`?(?:[#!]\d+|[A-Z][A-Z\d]+-\d{3,}|(?=\w*\d)(?=\w*[a-f])[\da-f]{7,40})`?$/;
/** Names of standards and algorithms look like that, too. */
const standard = /^`?(?:SHA|AES|RSA|DES|HS|RS|ES|ISO|RFC|IEEE|FIPS|EN|DIN|UTF|UCS|CP|KOI|WINDOWS)-/;
