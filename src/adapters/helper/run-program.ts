import { execFile } from "node:child_process";

export interface ProgramCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** All of its environment; default: that of whoever starts it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Longest it may take, in milliseconds. */
  readonly timeoutMs?: number;
}

export interface ProgramEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type RunProgram = (call: ProgramCall, signal?: AbortSignal) => Promise<ProgramEnd>;

/** Most that one call may print, in bytes: the diff of a whole large repository still fits. */
const outputBytesMax = 512 * 1024 * 1024;
/** As shells report a program that could not be started. */
export const notStarted = 127;

let elsewhere: RunProgram | undefined;

/**
 * Runs one of git, rm, cp, find to its end; never rejects. Started by the process that `startProgramsBy` names, else by this
 * one. Who starts programs belongs to the process as its environment does, and to nothing that needs one: a program that is
 * started stops this thread until it has begun, for milliseconds, on a busy machine for tens of them.
 */
export const runProgram: RunProgram = (call, signal) => (elsewhere ?? runProgramHere)(call, signal);

/** From now on, and until it is disposed. */
export function startProgramsBy(run: RunProgram): Disposable {
  elsewhere = run;
  return {
    [Symbol.dispose]: () => {
      if (elsewhere === run) elsewhere = undefined;
    },
  };
}

// Not execa: a run makes a dozen git calls per unit, and execa's half of their CPU time is the larger one.
export const runProgramHere: RunProgram = ({ file, args, cwd, env, input, timeoutMs }, signal) =>
  new Promise((resolve) => {
    const settings = {
      maxBuffer: outputBytesMax,
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      ...(signal === undefined ? {} : { signal }),
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    };
    const child = execFile(file, [...args], settings, (error, stdout, stderr) => {
      if (error === null) return resolve({ exitCode: 0, stdout, stderr });
      if (typeof error.code === "number") return resolve({ exitCode: error.code, stdout, stderr });
      return resolve({ exitCode: notStarted, stdout: "", stderr: `${stderr}${said(error)}` });
    });
    // A program that ends before it has read everything says why by its exit code.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });

function said(error: { readonly message: string; readonly killed?: boolean }): string {
  return error.killed === true ? "\nended: it took too long" : error.message;
}
