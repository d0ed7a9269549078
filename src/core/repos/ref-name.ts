/** What git allows in a branch name: https://git-scm.com/docs/git-check-ref-format */
const badRef = /^[-/.]|\.\.|\/\/|\/\.|@\{|[\s~^:?*[\\\p{Cc}]|(?:\.|\/|\.lock)$|^@$|\.lock\//u;

/** Bytes of the longest name that file systems take for a ref, with room for `refs/heads/` and a lock's ending. */
const lengthMax = 200;

/** Whether git, and the file system under it, take the text for the name of a branch. */
export function isBranchName(text: string): boolean {
  return text !== "" && text !== "HEAD" && text.length <= lengthMax && !badRef.test(text);
}
