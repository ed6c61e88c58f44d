import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../process/index.ts';
import { mayBeMade } from './may-be-made.ts';
import { makeWork, type MakeWork } from './make-steps.ts';
import type { SetupPlatform, SetupProject, SetupStep, SetupWork, WorkOutcome } from './setup-step.ts';

/** Names of the targets that make keys and certificates. */
const keyTargets =
  /^(?:keys?-generate|generate-keys?|keys?|certs?|certs?-generate|generate-certs?|certificates)$/;
const keyFile = /\.(?:pem|key|crt|cer|p12|pub)$/;

/**
 * Keys and certificates: the project's own target makes them where it has one and there are none yet. Else those that
 * an environment mounts and that are missing are made, for this machine only: the engine would make folders of them.
 */
export function keyStep(platform: SetupPlatform, work: MakeWork): SetupStep {
  return {
    id: 'keys',
    title: 'Keys and certificates',
    look: () => {
      const made = platform.projects.filter((project) =>
        project.makeTargets.some((name) => keyTargets.test(name)),
      );
      const byProject = made.flatMap((project) => ownKeys(project, work));
      const others = platform.environments.filter(
        ({ project }) => !made.some(({ name }) => name === project),
      );
      const mounted = new Set(
        others.flatMap(({ services }) =>
          services.flatMap(({ mounts }) =>
            mounts.filter((file) => keyFile.test(file) && mayBeMade(file, platform.workspaceRoot)),
          ),
        ),
      );
      return Promise.resolve({ kind: 'work', work: [...byProject, ...mountedKeys(platform, [...mounted])] });
    },
  };
}

/** Never where there are keys: making them anew would replace them. */
function ownKeys(project: SetupProject, work: MakeWork): readonly SetupWork[] {
  if (hasKeys(project.folder, 3)) return [];
  return project.makeTargets
    .filter((name) => keyTargets.test(name))
    .map((target) => makeWork(project, target, work));
}

const notLookedInto = new Set([
  'node_modules',
  '.git',
  '.nx',
  '.venv',
  'venv',
  'vendor',
  'dist',
  'tests',
  'test',
]);

function hasKeys(folder: string, depth: number): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    if (entry.isFile()) return keyFile.test(entry.name);
    return entry.isDirectory() && depth > 0 && !notLookedInto.has(entry.name)
      ? hasKeys(path.join(folder, entry.name), depth - 1)
      : false;
  });
}

const certificate = /\.(?:crt|cer)$|(?:^|[-_.])(?:cert|certificate|fullchain)(?:[-_.]|$)/i;
const publicKey = /\.pub$|public/i;

function mountedKeys({ workspaceRoot }: SetupPlatform, files: readonly string[]): readonly SetupWork[] {
  const shown = (file: string): string => path.relative(workspaceRoot, file);
  const remaining = new Set(files);
  const work: SetupWork[] = [];
  for (const file of files.filter((candidate) => certificate.test(path.basename(candidate)))) {
    remaining.delete(file);
    const key = [...remaining].find(
      (other) => path.dirname(other) === path.dirname(file) && !publicKey.test(path.basename(other)),
    );
    const target = key ?? `${file.replace(/\.[^.]+$/, '')}.key`;
    if (!mayBeMade(target, workspaceRoot)) continue;
    remaining.delete(target);
    work.push({ what: `certificate ${shown(file)}`, perform: () => makeCertificate(file, target) });
  }
  for (const file of [...remaining].filter((candidate) => !publicKey.test(path.basename(candidate)))) {
    const pair = [...remaining].find(
      (other) => path.dirname(other) === path.dirname(file) && publicKey.test(path.basename(other)),
    );
    work.push({ what: `key ${shown(file)}`, perform: () => Promise.resolve(makeKeyPair(file, pair)) });
  }
  return work;
}

function makeKeyPair(file: string, publicFile: string | undefined): WorkOutcome {
  const { privateKey, publicKey: open } = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, privateKey, { mode: 0o600, flag: 'wx' });
    if (publicFile !== undefined) writeFileSync(publicFile, open, { flag: 'wx' });
  } catch (error) {
    return { kind: 'failed', message: `${file} could not be written: ${String(error)}` };
  }
  return { kind: 'done', note: 'RSA 3072, for this machine only' };
}

/** By mkcert, whose certificates browsers here trust, or else signed by itself. Valid for localhost. */
async function makeCertificate(file: string, key: string): Promise<WorkOutcome> {
  mkdirSync(path.dirname(file), { recursive: true });
  const names = ['localhost', '127.0.0.1', '::1'];
  const trusted = await runProgram({
    file: 'mkcert',
    args: ['-cert-file', file, '-key-file', key, ...names],
  });
  if (trusted.kind === 'exited' && trusted.code === 0) return { kind: 'done', note: 'by mkcert' };
  const outcome = await runProgram({
    file: 'openssl',
    args: [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '825', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1', '-keyout', key, '-out', file],
    ],
  });
  if (outcome.kind === 'exited' && outcome.code === 0)
    return { kind: 'done', note: 'signed by itself: browsers warn; with mkcert they do not' };
  const why = outcome.kind === 'missing' ? 'neither mkcert nor openssl is installed' : outcome.stderr.trim();
  return { kind: 'failed', message: `The certificate ${file} could not be made: ${why}` };
}
