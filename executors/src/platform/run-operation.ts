import type { ExecutorContext } from '@nx/devkit';
import {
  findEngine,
  platformEnvironments,
  type Engine,
  type NamedEnvironment,
} from '@switchyard/tools/compose';
import { selectEnvironments, type Platform, type PlatformFilter } from '@switchyard/tools/platform';
import { harmlessLines, outputStyle, type OutputStyle } from '@switchyard/tools/table';
import type { z } from 'zod';

/** What an operation on the platform works with. */
export interface Operation {
  readonly platform: Platform;
  /** The part of the platform that the options mean. */
  readonly environments: readonly NamedEnvironment[];
  readonly filter: PlatformFilter;
  readonly style: OutputStyle;
  /** Writes to standard output: the result. */
  readonly write: (text: string) => void;
  /** Writes a line to standard error: what is done meanwhile, and what went wrong. */
  readonly report: (line: string) => void;
}

/** An operation that does nothing without an engine. */
export interface EngineOperation extends Operation {
  readonly engine: Engine;
}

/**
 * Runs an operation on the platform of a workspace: parses its options, reads the environments of all projects and selects
 * those meant. What is wrong goes to standard error, and the task fails.
 */
export async function runOperation<Schema extends z.ZodType>(
  { schema, options, context, filter: toFilter }: OperationRequest<Schema>,
  operate: (options: z.infer<Schema>, operation: Operation) => Promise<boolean>,
): Promise<{ success: boolean }> {
  // Names and what programs complain of may come from anywhere.
  const report = (line: string): void => void process.stderr.write(`${harmlessLines(line)}\n`);
  const parsed = schema.safeParse(options);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      report(
        `${context.targetName ?? 'option'}: ${path.map((part) => `--${String(part)}`).join('.')} ${message}`,
      );
    return { success: false };
  }
  const filter = toFilter(parsed.data);
  const platform = openPlatform(context);
  const selection = selectEnvironments(platform, filter);
  if (selection.kind === 'unknown') {
    report(selection.message);
    return { success: false };
  }
  const write = (text: string): void => void process.stdout.write(text);
  const style = outputStyle(process.stdout);
  const { environments } = selection;
  try {
    return { success: await operate(parsed.data, { platform, environments, filter, style, write, report }) };
  } catch (error) {
    report(error instanceof Error ? error.message : String(error));
    return { success: false };
  }
}

/** An operation's options as nx gave them, and how to read them. */
export interface OperationRequest<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly options: unknown;
  readonly context: ExecutorContext;
  readonly filter: (options: z.infer<Schema>) => PlatformFilter;
}

/** Finds the engine for an operation; false after the reason was reported. */
export async function withEngine(
  operation: Operation,
  operate: (operation: EngineOperation) => Promise<boolean>,
): Promise<boolean> {
  const outcome = await findEngine();
  if (outcome.kind === 'found') return operate({ ...operation, engine: outcome.engine });
  operation.report(outcome.message);
  return false;
}

/** All environments of all projects of the workspace that nx runs in. */
function openPlatform({ root, projectsConfigurations }: ExecutorContext): Platform {
  const projects = Object.entries(projectsConfigurations.projects).map(([name, project]) => ({
    name,
    root: project.root,
  }));
  return { workspaceRoot: root, environments: platformEnvironments({ workspaceRoot: root, projects }) };
}
