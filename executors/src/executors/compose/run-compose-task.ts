import {
  bringUp,
  composeCommand,
  composePlan,
  describeReady,
  restart,
  takeDown,
  upInForeground,
  type ComposeInvocation,
  type ComposeOutcome,
  type ComposeRequest,
  type NamedEnvironment,
} from '@switchyard/tools/compose';
import { outputStyle } from '@switchyard/tools/table';
import { serviceRows, servicesTable } from './describe-services.ts';
import type { ComposeTask } from './read-compose-task.ts';
import { showConfig } from './show-config.ts';
import { showPlan } from './show-plan.ts';
import { showServices } from './show-services.ts';
import { unknownService } from './unknown-service.ts';

type Task = Extract<ComposeTask, { kind: 'task' }>;

/** Does what the task says. Gives an outcome when an environment in the foreground is ready, and one at the end. */
export async function* runComposeTask(
  environment: NamedEnvironment,
  task: Task,
  invocation: ComposeInvocation,
): AsyncGenerator<ComposeOutcome> {
  const { request } = task;
  const wrong = unknownService(environment, request.services, invocation.name);
  if (wrong !== undefined) yield { kind: 'failed', reason: 'no-service', code: 1, message: wrong };
  else if (task.dryRun && !['ps', 'config', 'logs'].includes(request.command))
    yield await showPlan(environment, request, invocation);
  else if (request.command === 'up') yield* up(environment, task, invocation);
  else yield await other(environment, task, invocation);
}

async function* up(
  environment: NamedEnvironment,
  { request, detach }: Task,
  invocation: ComposeInvocation,
): AsyncGenerator<ComposeOutcome> {
  const options = {
    build: request.build,
    ...(request.services.length === 0 ? {} : { services: request.services }),
    ...(request.timeout === undefined ? {} : { timeout: request.timeout }),
  };
  const { up: outcome, follow } = detach
    ? { up: await bringUp(environment, options, invocation) }
    : await upInForeground(environment, options, invocation);
  if (outcome.kind !== 'ready') {
    yield outcome;
    return;
  }
  process.stdout.write(
    servicesTable(serviceRows(environment, outcome.services), outputStyle(process.stdout)),
  );
  invocation.report(describeReady(environment, outcome));
  yield { kind: 'done', code: 0 };
  if (follow !== undefined) yield await follow();
}

function other(
  environment: NamedEnvironment,
  { request, json }: Task,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const args = composePlan(request);
  const { volumes, timeout } = request;
  switch (request.command) {
    case 'up':
    case 'down':
      return takeDown(environment, { volumes, ...(timeout === undefined ? {} : { timeout }) }, invocation);
    case 'restart':
      return restartAll(environment, request, invocation);
    case 'build':
    case 'pull':
    case 'logs':
      return composeCommand(environment, args, invocation);
    case 'ps':
      return showServices(environment, json, invocation);
    case 'config':
      return showConfig(environment, json, invocation);
  }
}

async function restartAll(
  environment: NamedEnvironment,
  { services, timeout }: ComposeRequest,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const limit = timeout === undefined ? {} : { timeout };
  const up = await restart(environment, { services, ...limit }, invocation);
  if (up.kind !== 'ready') return up;
  invocation.report(describeReady(environment, up));
  return { kind: 'done', code: 0 };
}
