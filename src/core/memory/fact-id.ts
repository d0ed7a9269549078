const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** SHA-256 as hex; an effect to the core, which knows no `node:crypto`. */
export type Hash = (text: string) => string;

/**
 * The ULID of a fact: the time of its first observation, and in place of chance a hash of that observation's name. So a
 * fact has the same id whatever order the inbox is read in, and in however many dreams.
 */
export function factId(
  first: { readonly session: string; readonly seq: number; readonly time: number },
  hash: Hash,
): string {
  const time = encode(BigInt(Math.max(0, Math.trunc(first.time))), 10);
  const digest = hash(`${first.session}\u0000${first.seq}`).slice(0, 20);
  return `${time}${encode(BigInt(`0x${digest}`), 16)}`;
}

function encode(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  for (let at = 0; at < length; at += 1) {
    text = `${alphabet[Number(rest % 32n)] ?? "0"}${text}`;
    rest /= 32n;
  }
  return text;
}
