import { execFileSync } from 'node:child_process';

const docker = (...args: string[]): readonly string[] =>
  execFileSync('docker', args, { encoding: 'utf8' }).split('\n').filter(Boolean).toSorted();

/** Names of all containers and networks that the engine has of compose projects with this prefix. */
export function leftOver(prefix: string): readonly string[] {
  return [
    ...docker('ps', '--all', '--format', '{{.Label "com.docker.compose.project"}} {{.Names}}'),
    ...docker('network', 'ls', '--format', '{{.Label "com.docker.compose.project"}} {{.Name}}'),
  ].filter((line) => line.startsWith(prefix));
}

/** Removes what compose projects with this prefix left: containers, networks and volumes. */
export function removeLeftOver(prefix: string): void {
  const labelled = (kind: string, ...args: string[]): string[] =>
    docker(kind, 'ls', ...args, '--format', '{{.Label "com.docker.compose.project"}} {{.ID}}')
      .filter((line) => line.startsWith(prefix))
      .map((line) => line.split(' ').at(-1) ?? '');
  const containers = labelled('container', '--all');
  if (containers.length > 0) docker('rm', '--force', '--volumes', ...containers);
  const networks = labelled('network');
  if (networks.length > 0) docker('network', 'rm', ...networks);
  const volumes = docker('volume', 'ls', '--format', '{{.Label "com.docker.compose.project"}} {{.Name}}')
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.split(' ').at(-1) ?? '');
  if (volumes.length > 0) docker('volume', 'rm', ...volumes);
}
