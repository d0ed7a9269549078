/** A package of the sample workspace, described: what the renderers turn into folders of plain JavaScript. */
export interface PackageSpec {
  /** Folder under `packages/`, and the name after `@gander/`. */
  readonly name: string;
  readonly about: string;
  /** Its tests import the assertions one by one, as another hand wrote them: a codemod for `assert.` misses those. */
  readonly namedAssertions?: boolean;
  readonly modules: readonly ModuleSpec[];
}

export interface ModuleSpec {
  /** File name under `src/`, without its ending. */
  readonly name: string;
  readonly about: string;
  /** The code without its imports: those follow from the names it uses. */
  readonly body: string;
  /** Import lines the renderer would not write: a namespace import, a re-export. */
  readonly imports?: readonly string[];
  /** What `test/<name>.test.js` checks; left out when another module's tests cover this one. */
  readonly cases?: readonly Case[];
}

export interface Case {
  readonly title: string;
  /** A JavaScript expression; one that holds `await` is awaited. */
  readonly given: string;
  /** The expression it deeply equals, or a regular expression that the thrown error's message matches. */
  readonly gives: string | RegExp;
}

export function gives(title: string, given: string, expected: string | RegExp): Case {
  return { title, given, gives: expected };
}
