/** One lifecycle command in a process of its own, to be interrupted: `node command.ts ACTION FOLDER`. */
import { bringUp, endOfRun, findEngine, listContainers, takeDown } from '@switchyard/tools/compose';
import { runProgram } from '@switchyard/tools/process';
import { shopIn } from './platform.ts';

const [action = '', folder = ''] = process.argv.slice(2);
const environment = shopIn(folder);
const run = String(process.pid);
const invocation = {
  name: `shop:compose:${action}`,
  run,
  report: (line: string) => process.stdout.write(`${line}\n`),
  onOutput: () => undefined,
};

const outcome = await perform();
if ('message' in outcome) process.stdout.write(`${outcome.message}\n`);
process.stdout.write(`finished: ${outcome.kind}\n`);

async function perform() {
  switch (action) {
    case 'up':
      return bringUp(environment, {}, invocation);
    case 'down':
      return takeDown(environment, {}, invocation);
    case 'run':
      return runInIt();
    default:
      throw new Error(`There is no action ${action}.`);
  }
}

/** What a task does that needs the environment: brings it up, works in it, and takes it down at the end of the run. */
async function runInIt() {
  const up = await bringUp(environment, { preparation: true, down: true }, invocation);
  if (up.kind !== 'ready') return up;
  const found = await findEngine();
  if (found.kind !== 'found') return { kind: 'failed', message: found.message };
  const labels = [`com.docker.compose.project=${environment.composeProject}`];
  const running = (await listContainers(found.engine, labels)).find(({ state }) => state === 'running');
  const args = ['exec', running?.id ?? '', 'sleep', '0.5'];
  await runProgram({ file: found.engine.program, args });
  await endOfRun(run, { down: true }, invocation);
  return { kind: 'done' };
}
