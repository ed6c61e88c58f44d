import type { ComposeInvocation, NamedEnvironment } from '../../compose/index.ts';
import { postgresServices } from '../server/index.ts';
import { findMigrations } from './find-migrations.ts';
import { migrationProblems, migrationStatus, type ProjectMigrations } from './migration-status.ts';

/** Of which environments to look at the migrations. */
export interface MigrationsRequest {
  readonly environments: readonly NamedEnvironment[];
  /** The folder of the migrations, relative to the project. */
  readonly migrations?: string | undefined;
  readonly service?: string | undefined;
  readonly database?: string | undefined;
  readonly up?: boolean;
  /** Pending migrations are a problem too, and when no database could be read. */
  readonly check?: boolean;
}

/** The migrations of a platform, and what has to be mended: one sentence each. */
export interface PlatformMigrations {
  readonly projects: readonly ProjectMigrations[];
  readonly problems: readonly string[];
}

/** Looks at the migrations of all projects that have some, and a PostgreSQL service. */
export async function platformMigrations(
  { environments, migrations, service, database, up = false, check = false }: MigrationsRequest,
  invocation: ComposeInvocation,
): Promise<PlatformMigrations> {
  const suited = environments.filter((environment) => postgresServices(environment).length > 0);
  const choice = {
    up,
    ...(service === undefined ? {} : { service }),
    ...(database === undefined ? {} : { database }),
  };
  const projects: ProjectMigrations[] = [];
  for (const [project, own] of Map.groupBy(suited, (environment) => environment.project)) {
    const [first] = own;
    const set = first === undefined ? undefined : findMigrations(first.folder, migrations);
    if (set !== undefined) projects.push(await migrationStatus(project, set, own, choice, invocation));
  }
  const problems = projects.flatMap((project) => [
    ...migrationProblems(project),
    ...(check ? unchecked(project) : []),
  ]);
  return { projects, problems };
}

/** What a check does not let pass. */
function unchecked({ project, environments }: ProjectMigrations): readonly string[] {
  const read = environments.flatMap((status) => (status.kind === 'read' ? [status] : []));
  if (read.length === 0) return [`${project}: none of its databases is up: add --up.`];
  return read.flatMap(({ environment, pending, notes }) => [
    ...notes.map((note) => `${project} ${environment}: ${note}`),
    ...(pending.length === 0
      ? []
      : [`${project} ${environment}: ${pending.length} pending: ${pending.join(', ')}.`]),
  ]);
}
