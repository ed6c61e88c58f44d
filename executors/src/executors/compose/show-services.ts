import {
  findEngine,
  stateOf,
  type ComposeInvocation,
  type ComposeOutcome,
  type NamedEnvironment,
} from '@switchyard/tools/compose';
import { outputStyle } from '@switchyard/tools/table';
import { serviceRows, servicesTable } from './describe-services.ts';

/** Prints how the services of an environment are. */
export async function showServices(
  environment: NamedEnvironment,
  json: boolean,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const found = await findEngine(invocation.environment);
  if (found.kind !== 'found')
    return { kind: 'failed', reason: 'engine', code: 1, message: `${invocation.name}: ${found.message}` };
  const services = serviceRows(environment, await stateOf(found.engine, environment));
  const { project, name, composeProject } = environment;
  process.stdout.write(
    json
      ? `${JSON.stringify({ project, environment: name, composeProject, services }, undefined, 2)}\n`
      : servicesTable(services, outputStyle(process.stdout)),
  );
  return { kind: 'done', code: 0 };
}
