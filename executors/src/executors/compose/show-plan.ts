import {
  composeArguments,
  composePlan,
  findEngine,
  type ComposeInvocation,
  type ComposeOutcome,
  type ComposeRequest,
  type NamedEnvironment,
} from '@switchyard/tools/compose';

/** Prints the command that would run, so that it can be pasted into a shell. */
export async function showPlan(
  environment: NamedEnvironment,
  request: ComposeRequest,
  invocation: ComposeInvocation,
): Promise<ComposeOutcome> {
  const found = await findEngine(invocation.environment);
  if (found.kind !== 'found')
    return { kind: 'failed', reason: 'engine', code: 1, message: `${invocation.name}: ${found.message}` };
  const { file, args } = composeArguments(found.engine, environment);
  process.stdout.write(`${[file, ...args, ...composePlan(request)].map(quoted).join(' ')}\n`);
  return { kind: 'done', code: 0 };
}

function quoted(word: string): string {
  return /^[\w.,:=@%+/-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
