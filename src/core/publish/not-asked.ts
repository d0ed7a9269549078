/** Why nothing leaves the machine: nobody said that it should. */
export const notAskedReason = "--publish was not given";
