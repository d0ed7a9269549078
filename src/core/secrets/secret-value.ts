import { isSecretStore } from "./plain-word.ts";
import { isStandIn } from "./stand-in.ts";

/** How a value stands in its text: what code computes is not quoted, what people set in files often is not either. */
export interface ValueAt {
  readonly isQuoted: boolean;
  /** `NAME=value` as the shell and `.env` files have it: nobody computes there. */
  readonly isSetting: boolean;
}

/** A word, a few words, or a label. */
const words = /^[A-Z]?[a-z]*(?:[ _-][A-Za-z]?[a-z]*)*[.:!?…]?$/;
/** A type, a call, a member: what code has behind the name. */
const code = /[()[\]{}<>|$;`]|^[A-Za-z_][\w-]*(?:\??\.[A-Za-z_]\w*)+$/;
const path = /^(?:\.{0,2}|~)\/[\w./-]*$/;

/** Whether what stands behind the name of a secret is one, and not a word about it, a stand-in or code. */
export function secretValue(value: string, { isQuoted, isSetting }: ValueAt): boolean {
  if (value.length < 6 || isStandIn(value) || isSecretStore(value)) return false;
  if (isSetting) return !path.test(value);
  if (words.test(value) || path.test(value)) return false;
  if (isQuoted) return !/^https?:/.test(value);
  if (code.test(value)) return false;
  return (
    changesOf(value) >= 3 || (/\d/.test(value) && !/^[A-Za-z_]\w*$/.test(value)) || isRandom(value)
  );
}

/** Whether a value looks drawn by chance: long, of letters and digits, few of them often. */
export function isRandom(value: string): boolean {
  if (value.length < 16 || isStandIn(value) || /\s/.test(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || code.test(value)) return false;
  return new Set(value).size >= Math.min(10, value.length / 2) && changesOf(value) >= 4;
}

/** How often it goes from letters to digits, or back: words with a number in them do it once or twice. */
function changesOf(value: string): number {
  return value.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
}
