import { harmlessLines } from '../../table/index.ts';
import { readComplaint } from './compose-complaint.ts';
import { explainComplaint, type Explanation } from './explain-complaint.ts';
import type { FailedCommand } from './failed-command.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { ComposeFailure, ComposeInvocation, ComposeStopped } from './lifecycle.ts';
import { indent, lastLines } from './message-text.ts';

/** Says why a compose command failed, as exactly as what it wrote allows. */
export async function explainFailure(failed: FailedCommand): Promise<ComposeFailure | ComposeStopped> {
  const { outcome, invocation, command } = failed;
  const failure = (code: number, { message, ...explanation }: Explanation): ComposeFailure => ({
    kind: 'failed',
    ...explanation,
    code,
    message: harmlessLines(hideSecrets(failed.environment, `${invocation.name}: ${message}`)),
  });
  switch (outcome.kind) {
    case 'stopped':
      return stopped(invocation, command);
    case 'missing':
      return failure(127, { reason: 'engine', message: `${outcome.program} is not there any more.` });
    case 'killed':
      return failure(1, unexplained(failed, `was ended by ${outcome.signal}`, outcome.stderr));
    case 'timed-out': {
      const how = `did not end within ${outcome.timeout / 1000} s`;
      return failure(1, { ...unexplained(failed, how, outcome.stderr), reason: 'timed-out' });
    }
    case 'exited': {
      const complaint = readComplaint(outcome.code, outcome.stderr, outcome.stdout);
      const how = `exited with ${outcome.code}`;
      return failure(
        outcome.code,
        (await explainComplaint(complaint, failed)) ?? unexplained(failed, how, outcome.stderr),
      );
    }
  }
}

function unexplained(failed: FailedCommand, how: string, stderr: string): Explanation {
  const compose = failed.engine.compose.command.join(' ');
  const said = lastLines(stderr, 20);
  return {
    reason: 'other',
    message: `\`${compose} ${failed.command}\` of ${failed.environment.composeProject} ${how}${said === '' ? '.' : `:\n${indent(said)}`}`,
  };
}

/** What is said when somebody stopped a command. */
export function stopped(invocation: ComposeInvocation, command: string): ComposeStopped {
  return { kind: 'stopped', code: 130, message: `${invocation.name}: ${command} was stopped.` };
}
