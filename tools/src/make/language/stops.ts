/** Reading ends because make itself would end: the message is make's, from the file name to `Stop.`. */
export class MakeStop extends Error {
  override readonly name = 'MakeStop';
}

/** Reading ends because the Makefile costs more than a reading may. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
}

/** Reading waits for the answer to a command that nobody has asked for yet; it starts again with the answer. */
export class ShellPause extends Error {
  override readonly name = 'ShellPause';
  readonly command: string;
  readonly shell: string;

  constructor(command: string, shell: string) {
    super('a shell call waits for its answer');
    this.command = command;
    this.shell = shell;
  }
}
