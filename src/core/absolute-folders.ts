/** Where programs are when there is no folder left: an empty PATH means the folder that one stands in. */
const systemFolders = "/usr/local/bin:/usr/bin:/bin";

/**
 * A PATH without what depends on where a program is started, `.` and `./node_modules/.bin` and entries of no letters: we start
 * git and others in folders of repositories, which could bring programs of these names along.
 */
export function absoluteFolders(path: string): string {
  const folders = path.split(":").filter((folder) => folder.startsWith("/"));
  return folders.length === 0 ? systemFolders : folders.join(":");
}
