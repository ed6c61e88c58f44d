import { z } from 'zod';
import { defaultOptions } from './default-options.ts';

const patterns = z.array(z.string().min(1)).optional();
const lists = z.record(z.string(), z.array(z.string())).optional();

/** Options of the plugin in nx.json. Everything has a default; an unknown name is an error. */
export const inferenceOptions = z.strictObject({
  /** Name patterns (`*` stands for anything) that are asked before the default ones. */
  check: patterns.describe('Targets whose result is their exit code and output: cached'),
  build: patterns.describe('Targets that make files: cached where the outputs are known'),
  service: patterns.describe('Targets that do not end by themselves: continuous'),
  interactive: patterns.describe('Targets that want the terminal'),
  action: patterns.describe('Targets that change the world: never cached'),
  prefix: z.string().default(defaultOptions.prefix).describe('Put before every target name, such as "make:"'),
  ignore: z
    .array(z.string())
    .default(defaultOptions.ignore)
    .describe('Globs of folders whose Makefiles are left alone'),
  outputs: lists.describe('Outputs by target name pattern, relative to the project: { "build": ["dist"] }'),
  inputs: lists.describe('More inputs by target name pattern, relative to the project'),
  evaluateShell: z
    .union([z.boolean(), z.array(z.string())])
    .default(defaultOptions.evaluateShell)
    .describe(
      'Let GNU make itself read the Makefiles (true, or of these project folders): runs their $(shell) calls',
    ),
  scripts: z
    .enum(['beside', 'hide'])
    .default(defaultOptions.scripts)
    .describe(
      'A package.json script of the same name keeps it; the make target is then make:NAME, or hidden',
    ),
  batch: z
    .boolean()
    .default(defaultOptions.batch)
    .describe('Run make tasks in one process, by @switchyard/executors:make'),
  compose: z
    .boolean()
    .default(defaultOptions.compose)
    .describe('Make targets for the environments of compose files, and locks for recipes that use them'),
  composeTargetPrefix: z
    .string()
    .default(defaultOptions.composeTargetPrefix)
    .describe('Put before the names of the targets for environments: "compose:" gives compose:up'),
  isolateWorktrees: z
    .boolean()
    .default(defaultOptions.isolateWorktrees)
    .describe('Give each linked git worktree environments and ports of its own'),
});

export type InferenceOptions = z.infer<typeof inferenceOptions>;

/**
 * Reads the plugin's options.
 * @throws Error that names each wrong option, what was found and where to mend it.
 */
export function parseInferenceOptions(found: unknown): InferenceOptions {
  const parsed = inferenceOptions.safeParse(found ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = Object.keys(inferenceOptions.shape).join(', ');
      return `- there is no option ${issue.keys.map((key) => `"${key}"`).join(', ')}; there are ${known}`;
    }
    return `- option "${issue.path.join('.')}": ${issue.message}`;
  });
  throw new Error(
    `@switchyard/executors: its options in nx.json are not right.\n${problems.join('\n')}\nMend them in nx.json, under "plugins".`,
    { cause: parsed.error },
  );
}
