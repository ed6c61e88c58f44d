import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { findEngine } from '../compose/index.ts';
import { runProgram } from '../process/index.ts';
import { findPrerequisites } from './find-prerequisites.ts';
import { howToInstall, type Prerequisite, type PrerequisiteFinding } from './prerequisite.ts';
import type { SetupFindings, SetupPlatform, SetupStep } from './setup-step.ts';

/** Looks for the programs that a platform needs. Installs nothing: it says all that is missing, and how to get it. */
export function prerequisiteStep(platform: SetupPlatform): SetupStep {
  return {
    id: 'prerequisites',
    title: 'Prerequisites',
    look: async (): Promise<SetupFindings> => {
      const needsEngine = platform.environments.length > 0;
      const [engine, ...findings] = await Promise.all([
        needsEngine ? findEngine() : undefined,
        ...findPrerequisites(platform).map(checkPrerequisite),
      ]);
      const problems = [
        ...findings.flatMap(describeProblem),
        ...(engine === undefined || engine.kind === 'found' ? [] : [engine.message]),
      ];
      if (problems.length > 0)
        return {
          kind: 'failed',
          message: `${problems.join('\n')}\nThen run it again: it goes on from here.`,
        };
      const fine = findings.flatMap((finding) =>
        finding.kind === 'fine' ? [`${finding.prerequisite.program} ${finding.version}`] : [],
      );
      if (engine?.kind === 'found')
        fine.push(
          `${engine.engine.program} ${engine.engine.version}`,
          `compose ${engine.engine.compose.version}`,
        );
      return { kind: 'work', work: [], notes: [[...new Set(fine)].join(', ')] };
    },
  };
}

/** Whether a program is there, in a version that fits. */
export async function checkPrerequisite(prerequisite: Prerequisite): Promise<PrerequisiteFinding> {
  const { program, versionArguments, range } = prerequisite;
  const install = howToInstall(program, isOnPath);
  const outcome = await runProgram({ file: program, args: versionArguments, timeout: 20_000 });
  if (outcome.kind === 'missing') return { kind: 'missing', prerequisite, install };
  const said = `${outcome.stdout}\n${outcome.stderr}`;
  const version = /\d+\.\d+(?:\.\d+)?/.exec(said)?.[0] ?? 'of an unknown version';
  const { default: semver } = await import('semver');
  const found = semver.coerce(version);
  // A range that semver does not know asks for nothing.
  const fits =
    range === undefined ||
    found === null ||
    semver.validRange(range) === null ||
    semver.satisfies(found, range);
  return fits
    ? { kind: 'fine', prerequisite, version }
    : { kind: 'outdated', prerequisite, version, install };
}

function describeProblem(finding: PrerequisiteFinding): readonly string[] {
  if (finding.kind === 'fine') return [];
  const { program, range, because } = finding.prerequisite;
  const wanted = range === undefined ? '' : ` ${range}`;
  return finding.kind === 'missing'
    ? [`${program}${wanted} is missing (for ${because}). Install it: ${finding.install}`]
    : [
        `${program} is ${finding.version}, and ${because} asks for ${range ?? ''}. Update it: ${finding.install}`,
      ];
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
