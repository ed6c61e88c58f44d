import { findEngine } from '../compose/index.ts';
import { runProgram } from '../process/index.ts';
import type { SetupPlatform, SetupStep } from './setup-step.ts';

/** Makes the networks that environments share and expect to be there. */
export function networkStep({ environments }: SetupPlatform): SetupStep {
  const wanted = [...new Set(environments.flatMap(({ externalNetworks }) => externalNetworks))];
  return {
    id: 'networks',
    title: 'Networks',
    look: async () => {
      if (wanted.length === 0) return { kind: 'work', work: [] };
      const found = await findEngine();
      if (found.kind !== 'found') return { kind: 'failed', message: found.message };
      const { program } = found.engine;
      const present = await runProgram({ file: program, args: ['network', 'ls', '--format', '{{.Name}}'] });
      if (present.kind !== 'exited' || present.code !== 0)
        return {
          kind: 'failed',
          message: `The networks of ${program} could not be listed: ${outputOf(present)}`,
        };
      const names = new Set(present.stdout.split('\n'));
      return {
        kind: 'work',
        work: wanted
          .filter((name) => !names.has(name))
          .map((name) => ({
            what: `network ${name}`,
            perform: async () => {
              const made = await runProgram({ file: program, args: ['network', 'create', name] });
              const isThere =
                made.kind === 'exited' && (made.code === 0 || made.stderr.includes('already exists'));
              if (isThere) return { kind: 'done' };
              return { kind: 'failed', message: `The network ${name} could not be made: ${outputOf(made)}` };
            },
          })),
      };
    },
  };
}

function outputOf(outcome: Awaited<ReturnType<typeof runProgram>>): string {
  return outcome.kind === 'missing' ? `${outcome.program} is not installed` : outcome.stderr.trim();
}
