import { existsSync } from 'node:fs';
import type { Engine } from '../engine/index.ts';
import type { EnvironmentInUse } from './lifecycle.ts';

/** The program and the first arguments that compose is called with for an environment: `docker compose -p NAME -f FILE`. */
export function composeArguments(
  engine: Engine,
  environment: EnvironmentInUse,
): { readonly file: string; readonly args: readonly string[] } {
  const [file, ...args] = engine.compose.command;
  return {
    file,
    args: [
      ...args,
      '-p',
      environment.composeProject,
      ...environment.files.flatMap((composeFile) => ['-f', composeFile]),
      ...envFilesFor(engine, environment).flatMap((envFile) => ['--env-file', envFile]),
    ],
  };
}

/** Only v2 takes several. What is gone since they were looked for would be an error, even for taking down. */
function envFilesFor({ compose }: Engine, { envFiles }: EnvironmentInUse): readonly string[] {
  const present = envFiles.filter((file) => existsSync(file));
  return compose.kind === 'v2' ? present : present.slice(-1);
}
