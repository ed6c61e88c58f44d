import { statfs } from 'node:fs/promises';
import type { Engine } from '../compose/index.ts';
import { askEngine } from '../platform/index.ts';
import { formatBytes } from '../table/index.ts';
import type { HealthCheck } from './health-report.ts';
import { withTimeout } from './with-timeout.ts';

const gigabyte = 1e9;

/** How much space the engine has left for images, containers and volumes; nothing where that is on another machine. */
export async function checkDisk(engine: Engine): Promise<readonly HealthCheck[]> {
  const field = engine.kind === 'podman' ? '{{.Store.GraphRoot}}' : '{{.DockerRootDir}}';
  const answer = await askEngine(engine, ['info', '--format', field], { timeout: 5000 });
  const folder = answer.kind === 'answered' ? answer.text.trim() : '';
  if (folder === '') return [];
  const found = await withTimeout(
    statfs(folder).catch(() => undefined),
    1000,
  );
  return found === undefined ? [] : [diskSpace(found.bavail * found.bsize, found.blocks * found.bsize)];
}

/** What so many free bytes of so many mean. */
export function diskSpace(free: number, total: number): HealthCheck {
  const share = total === 0 ? 0 : free / total;
  const found = `${formatBytes(free)} free of ${formatBytes(total)}`;
  if (free > 5 * gigabyte || (share > 0.1 && free > gigabyte))
    return { subject: 'disk', result: 'ok', found };
  return {
    subject: 'disk',
    result: free < gigabyte ? 'failed' : 'warning',
    found: `only ${found}`,
    next: 'See what can go: `nx cleanup --dry-run`, `docker system df`.',
  };
}
