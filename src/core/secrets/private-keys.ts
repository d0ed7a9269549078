const marker = /-----(BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** What stands between the markers, also as text in a string: line breaks may be escaped, lines quoted or numbered. */
const bodyAhead = /^[\w+/=\s\\:,.()"'`|>#*-]*/;
const bodyBehind = /[\w+/=\s\\"'`|>#*]$/;
const keyMaterial = /[A-Za-z0-9+/]{16}/;

/**
 * Takes the inside out of PEM private keys and leaves their markers; certificates and public keys stay. A marker alone
 * is code that handles keys, and a key whose start or end was cut off is still a key.
 */
export function withoutPrivateKeys(text: string, mark: string): string {
  const markers = [...text.matchAll(marker)];
  if (markers.length === 0) return text;
  let clean = "";
  let done = 0;
  let open = false;
  for (const { 0: whole, 1: kind, index } of markers) {
    clean += between(
      text.slice(done, index),
      { afterBegin: open, beforeEnd: kind === "END" },
      mark,
    );
    clean += whole;
    done = index + whole.length;
    open = kind === "BEGIN";
  }
  return clean + between(text.slice(done), { afterBegin: open, beforeEnd: false }, mark);
}

function between(
  part: string,
  { afterBegin, beforeEnd }: { readonly afterBegin: boolean; readonly beforeEnd: boolean },
  mark: string,
): string {
  if (afterBegin) {
    const body = bodyAhead.exec(part)?.[0] ?? "";
    return keyMaterial.test(body) ? `${mark}${part.slice(body.length)}` : part;
  }
  if (!beforeEnd) return part;
  let start = part.length;
  while (start > 0 && bodyBehind.test(part.charAt(start - 1))) start -= 1;
  return keyMaterial.test(part.slice(start)) ? `${part.slice(0, start)}${mark}` : part;
}
