import type { Command } from "commander";

/** `skein help daemon dismiss` is `skein daemon dismiss --help`. */
export function addHelp(program: Command): void {
  program
    .command("help", { hidden: true })
    .argument("[command...]")
    .action((names: readonly string[]) => {
      let meant = program;
      for (const name of names)
        meant =
          meant.commands.find((one) => one.name() === name) ??
          program.error(`there is no command ${names.join(" ")}`);
      meant.help();
    });
}
