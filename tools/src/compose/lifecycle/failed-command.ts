import type { ProgramOutcome } from '../../process/index.ts';
import type { Engine } from '../engine/index.ts';
import type { ComposeService } from '../environment.ts';
import type { ComposeInvocation, EnvironmentInUse } from './lifecycle.ts';

/** A compose command that did not end with 0. */
export interface FailedCommand {
  readonly engine: Engine;
  readonly environment: EnvironmentInUse & {
    readonly name?: string;
    readonly project?: string;
    readonly services?: readonly ComposeService[];
  };
  readonly invocation: ComposeInvocation;
  /** What compose was told to do: `up`. */
  readonly command: string;
  readonly outcome: ProgramOutcome;
}

/** The nx command for an environment; where its project is not known, that of compose. */
export function commandHint({ environment, engine }: FailedCommand, command: string): string {
  return environment.project === undefined || environment.name === undefined
    ? `\`${engine.compose.command.join(' ')} -p ${environment.composeProject} ${command}\``
    : `\`nx compose:${command} ${environment.project} -c ${environment.name}\``;
}
