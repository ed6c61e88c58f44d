import type { ProgramOutcome } from '../../process/index.ts';
import type { Engine } from '../engine/index.ts';
import type { NamedEnvironment } from '../environment.ts';
import type { ComposeFailure, ComposeInvocation, ComposeStopped } from './lifecycle.ts';

/** A compose command that did not end with 0. */
export interface FailedCommand {
  readonly engine: Engine;
  readonly environment: Pick<NamedEnvironment, 'composeProject' | 'folder' | 'files' | 'variables'>;
  readonly invocation: ComposeInvocation;
  /** What compose was told to do: `up`. */
  readonly command: string;
  readonly outcome: ProgramOutcome;
}

/** Says why a compose command failed, as exactly as what it wrote allows. */
export function explainFailure(failed: FailedCommand): Promise<ComposeFailure | ComposeStopped> {
  const { outcome, invocation, command, engine, environment } = failed;
  const compose = engine.compose.command.join(' ');
  if (outcome.kind === 'stopped') return Promise.resolve(stopped(invocation, command));
  if (outcome.kind === 'missing')
    return Promise.resolve({
      kind: 'failed',
      reason: 'engine',
      code: 127,
      message: `${invocation.name}: ${outcome.program} is not there any more.`,
    });
  const said = lastLines(outcome.stderr, 20);
  const how =
    outcome.kind === 'exited'
      ? `exited with ${outcome.code}`
      : outcome.kind === 'killed'
        ? `was ended by ${outcome.signal}`
        : `did not end within ${outcome.timeout / 1000} s`;
  return Promise.resolve({
    kind: 'failed',
    reason: outcome.kind === 'timed-out' ? 'timed-out' : 'other',
    code: outcome.kind === 'exited' ? outcome.code : 1,
    message: `${invocation.name}: \`${compose} ${command}\` of ${environment.composeProject} ${how}${said === '' ? '.' : `:\n${said}`}`,
  });
}

/** What is said when somebody stopped a command. */
export function stopped(invocation: ComposeInvocation, command: string): ComposeStopped {
  return { kind: 'stopped', code: 130, message: `${invocation.name}: ${command} was stopped.` };
}

/** The end of what was written, without empty lines at the end. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
