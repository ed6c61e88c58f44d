import {
  composeCommand,
  composePlan,
  findEngine,
  type ComposeInvocation,
  type ComposeOutcome,
  type NamedEnvironment,
} from '@switchyard/tools/compose';
import { secretHider } from '@switchyard/tools/process';

/** Has compose check the files of an environment; with `json`, prints them as compose reads them, without secrets. */
export async function showConfig(
  environment: NamedEnvironment,
  json: boolean,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  if (!json) {
    const args = composePlan({
      command: 'config',
      services: [],
      build: false,
      volumes: false,
      follow: false,
    });
    const outcome = await composeCommand(environment, args, invocation);
    const names = environment.services.map(({ name }) => name).join(', ');
    if (outcome.kind === 'done')
      process.stdout.write(`${environment.composeProject} is valid: ${names || 'no services'}\n`);
    return outcome;
  }
  const found = await findEngine(invocation.environment);
  if (found.kind === 'found' && found.engine.compose.kind !== 'v2') {
    const message = `${invocation.name}: ${found.engine.compose.command.join(' ')} ${found.engine.compose.version} cannot write JSON.\nUse Compose v2, or leave --json out.`;
    return { kind: 'failed', reason: 'unsupported', code: 1, message };
  }
  const chunks: Uint8Array[] = [];
  const onOutput: ComposeInvocation['onOutput'] = (chunk, stream) => {
    if (stream === 'stdout') chunks.push(chunk);
    else process.stderr.write(chunk);
  };
  const args = ['config', '--format', 'json'] as const;
  const outcome = await composeCommand(environment, args, { ...invocation, onOutput });
  const written = Buffer.concat(chunks).toString('utf8');
  if (outcome.kind === 'done') process.stdout.write(`${hideSecrets(environment, written).trimEnd()}\n`);
  return outcome;
}

function hideSecrets({ services }: NamedEnvironment, text: string): string {
  return services.reduce((hidden, service) => {
    const variables = Object.entries(service.environment).map(
      ([name, value]) => [name, value ?? ''] as const,
    );
    return secretHider(Object.fromEntries(variables))(hidden);
  }, text);
}
