/**
 * A task's quoted pieces, put out of the way while its words are read: what stands in backticks or quotes may hold
 * any word or punctuation and is never grammar.
 */
export interface Quoted {
  /** The task with every quoted piece replaced by a mark. */
  readonly text: string;
  /** The quoted text a mark stands for, or undefined when `word` is not exactly one mark. */
  unquote(word: string): string | undefined;
  /** Marks inside longer text back to what was written, quotes and all. */
  restore(text: string): string;
}

const quotes =
  /(`{2,3})(?!`)([^\n]+?)(?<!`)\1(?!`)|`([^`]+)`|"([^"\n]+)"|“([^”\n]+)”|(?<![\p{L}\p{N}_$)\]])'([^'\n]+)'(?![\p{L}\p{N}_$])/gu;
const open = "\uE000";
const close = "\uE001";

export function setQuotedAside(task: string): Quoted {
  const pieces: { readonly written: string; readonly content: string }[] = [];
  const text = task.replaceAll(/[\uE000\uE001]/g, "").replaceAll(quotes, (written, ...groups) => {
    const content = (groups.slice(1, 6).find((group) => group !== undefined) as string)
      // As in Markdown, a blank keeps a backtick of the content apart from those around it.
      .replace(/^ (`.*|.*`) $/, "$1");
    pieces.push({ written, content });
    return `${open}${pieces.length - 1}${close}`;
  });
  const mark = new RegExp(`^${open}(\\d+)${close}$`);
  return {
    text,
    unquote: (word) => pieces[Number(mark.exec(word)?.[1] ?? -1)]?.content,
    restore: (words) =>
      words.replaceAll(
        new RegExp(`${open}(\\d+)${close}`, "g"),
        (_, index) => pieces[Number(index)]?.written ?? "",
      ),
  };
}
