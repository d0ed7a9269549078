import { err, ok, type Result } from "../../model/result.ts";

export interface Edit {
  readonly old_string: string;
  readonly new_string: string;
  readonly replace_all?: boolean | undefined;
}

/**
 * Applies edits one after the other, each on what the one before left: all of them, or the error says which could not
 * be and why. Gives the new text and how many places changed.
 */
export function applyEdits(
  text: string,
  edits: readonly Edit[],
): Result<{ readonly text: string; readonly places: number }, string> {
  let now = text;
  let places = 0;
  for (const [index, edit] of edits.entries()) {
    const which = edits.length === 1 ? "" : ` of edit ${index + 1}`;
    const found = now.split(edit.old_string).length - 1;
    if (edit.old_string === edit.new_string) {
      return err(`old_string and new_string${which} are the same. Give the text it is to become`);
    }
    if (found === 0) {
      if (now.replaceAll("\r\n", "\n").includes(edit.old_string)) {
        return err(
          `old_string${which} not found as it is: the file's lines end in \\r\\n. Write its line ends so, or replace single lines`,
        );
      }
      const because = text.includes(edit.old_string) ? " after the edits before it" : "";
      return err(
        `old_string${which} not found${because}. Copy it exactly from the file, with its white space`,
      );
    }
    if (found > 1 && edit.replace_all !== true) {
      return err(
        `old_string${which} appears ${found} times. Take in more of what is around it, or set replace_all`,
      );
    }
    now = now.split(edit.old_string).join(edit.new_string);
    places += found;
  }
  return ok({ text: now, places });
}
