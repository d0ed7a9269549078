/** Where a command writes and what the other end can show; injected, so that tests read it as text. */
export interface Io {
  /** Data and reports. */
  readonly stdout: (text: string) => void;
  /** Progress, notes, failures. */
  readonly stderr: (text: string) => void;
  /** A person sits there: standard input and standard error are terminals, live lines and questions make sense. */
  readonly isTTY: boolean;
  /** Standard output is a terminal: text of a repository must not steer it. */
  readonly isOutputTTY: boolean;
  readonly color: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}
