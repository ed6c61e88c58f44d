import { existsSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../process/index.ts';
import type { SetupFindings, SetupStep } from './setup-step.ts';

/** Checks out submodules that are not there yet; those that are keep the commit and changes that they have. */
export function submoduleStep(workspaceRoot: string): SetupStep {
  const git = (...args: string[]) => runProgram({ file: 'git', args, cwd: workspaceRoot });
  return {
    id: 'submodules',
    title: 'Submodules',
    look: async (): Promise<SetupFindings> => {
      if (!existsSync(path.join(workspaceRoot, '.gitmodules'))) return { kind: 'work', work: [] };
      const status = await git('submodule', 'status', '--recursive');
      if (status.kind !== 'exited' || status.code !== 0) {
        const said = status.kind === 'missing' ? 'git is not installed' : status.stderr.trim();
        return { kind: 'failed', message: `The submodules could not be looked at: ${said}` };
      }
      // `-` before the commit: not checked out yet.
      const absent = status.stdout
        .split('\n')
        .flatMap((line) => /^-[0-9a-f]+ (.+?)(?: \(.*\))?$/.exec(line)?.[1] ?? []);
      return {
        kind: 'work',
        work: absent.map((folder) => ({
          what: `check out ${folder}`,
          perform: async () => {
            const outcome = await git('submodule', 'update', '--init', '--recursive', '--', folder);
            if (outcome.kind === 'exited' && outcome.code === 0) return { kind: 'done' };
            const said = outcome.kind === 'missing' ? 'git is not installed' : outcome.stderr.trim();
            return {
              kind: 'failed',
              message:
                `The submodule ${folder} could not be checked out: ${said}\n` +
                `See whether you may read its address: \`git config -f .gitmodules --get-regexp url\`.`,
            };
          },
        })),
      };
    },
  };
}
