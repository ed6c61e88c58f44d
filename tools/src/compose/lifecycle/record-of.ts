import type { NamedEnvironment } from '../environment.ts';
import type { EnvironmentRecord } from './environment-record.ts';
import type { ComposeInvocation } from './lifecycle.ts';

/** The record of an environment that this process brings up. */
export function recordOf(
  environment: NamedEnvironment,
  invocation: ComposeInvocation,
  { state, down, containers }: Pick<EnvironmentRecord, 'state' | 'down' | 'containers'>,
): EnvironmentRecord {
  const { composeProject, folder, files, envFiles, variables } = environment;
  return {
    composeProject,
    folder,
    files,
    envFiles,
    variables,
    pid: process.pid,
    state,
    run: invocation.run ?? String(process.pid),
    by: invocation.name,
    down,
    containers,
    startedAt: Date.now(),
  };
}
