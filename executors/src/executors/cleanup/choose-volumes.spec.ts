import type { CleanupItem, CleanupPlan } from '@switchyard/tools/cleanup';
import { describe, expect, it } from 'vitest';
import { chooseVolumes, type VolumeChoice } from './choose-volumes.ts';
import { cleanupOptions, milliseconds } from './options.ts';

const item = (kind: CleanupItem['kind'], name: string): CleanupItem => ({
  kind,
  id: name,
  name,
  project: 'api',
  environment: 'dev',
  composeProject: 'api-dev',
  bytes: 1_200_000,
});
const plan: CleanupPlan = {
  remove: [item('container', 'app'), item('volume', 'data')],
  keep: [],
  takeDown: [],
};

async function choose(choice: Partial<VolumeChoice>) {
  const reports: string[] = [];
  const chosen = await chooseVolumes(plan, {
    volumes: undefined,
    yes: false,
    ask: false,
    report: (line) => reports.push(line),
    ...choice,
  });
  return { kinds: chosen.remove.map(({ kind }) => kind), reports };
}

describe('chooseVolumes', () => {
  const kept = 'Kept: the volume data. To remove volumes with their data: --volumes --yes.';

  it.each([
    [{}, ['container'], [kept]],
    [{ volumes: true }, ['container'], [kept]],
    [{ yes: true }, ['container'], [kept]],
    [{ volumes: true, yes: true }, ['container', 'volume'], []],
    [{ volumes: false, ask: true }, ['container'], []],
  ])('with nobody to ask, %j', async (choice, kinds, reports) => {
    expect(await choose(choice)).toEqual({ kinds, reports });
  });

  it.each([
    ['y', ['container', 'volume']],
    ['yes', ['container', 'volume']],
    ['', ['container']],
    ['n', ['container']],
    ['yeah, no', ['container']],
  ])('asked, %j', async (answer, kinds) => {
    const questions: string[] = [];
    const question = (text: string): Promise<string> => {
      questions.push(text);
      return Promise.resolve(answer);
    };
    expect((await choose({ ask: true, question })).kinds).toEqual(kinds);
    expect(questions).toEqual(['Remove the volume data with all data (1.2 MB)? [y/N] ']);
  });
});

describe('cleanupOptions', () => {
  it.each([
    ['7d', 604_800_000],
    ['12h', 43_200_000],
    ['1.5s', 1500],
    [undefined, undefined],
  ])('%s is %s milliseconds', (span, expected) => {
    expect(milliseconds(cleanupOptions.parse({ olderThan: span }).olderThan)).toBe(expected);
  });

  it('refuses what is no time span, and what it does not know', () => {
    expect(cleanupOptions.safeParse({ olderThan: 'soon' }).error?.issues[0]?.message).toBe(
      'is no time span: 7d, 12h, 2w',
    );
    expect(cleanupOptions.safeParse({ force: true }).success).toBe(false);
  });
});
