/** What a variable, a file or a pipe holds, as far as the search can tell. */
export interface Data {
  /** Undefined: nobody knows. */
  readonly text: string | undefined;
  /** Why it is a secret. */
  readonly secret: string | undefined;
  /** It comes from a raw connection. */
  readonly remote: boolean;
  /** It is what a shell prints. */
  readonly fromShell: boolean;
}

export const unknownData: Data = {
  text: undefined,
  secret: undefined,
  remote: false,
  fromShell: false,
};

/** Longer texts hide nothing new, and a script can double one with every command. */
const lengthMax = 16_384;

export function textData(text: string): Data {
  return { ...unknownData, text: text.slice(0, lengthMax) };
}

/** One after the other, or one within the other. */
export function mixed(parts: readonly Data[]): Data {
  const texts = parts.map(({ text }) => text);
  return {
    text: texts.every((text) => text !== undefined)
      ? texts.join("").slice(0, lengthMax)
      : undefined,
    secret: parts.find(({ secret }) => secret !== undefined)?.secret,
    remote: parts.some(({ remote }) => remote),
    fromShell: parts.some(({ fromShell }) => fromShell),
  };
}
