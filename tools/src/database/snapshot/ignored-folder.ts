import { runProgram } from '../../process/index.ts';

/** Reports a snapshot that git would take into a commit: it holds data. */
export async function warnIfTracked(
  workspaceRoot: string,
  file: string,
  report: (line: string) => void,
): Promise<void> {
  const outcome = await runProgram({
    file: 'git',
    args: ['check-ignore', '--quiet', '--no-index', file],
    cwd: workspaceRoot,
    timeout: 10_000,
  });
  // 1: not ignored; 128: no repository.
  if (outcome.kind !== 'exited' || outcome.code !== 1) return;
  report(
    'Warning: git does not ignore .switchyard, and snapshots hold data that does not belong into commits.\nAdd a line `.switchyard/` to .gitignore.',
  );
}
