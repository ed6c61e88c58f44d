import { closeNames } from '../../close-names/index.ts';
import type { ComposeService, NamedEnvironment } from '../environment.ts';
import { serviceKind, type ServiceKind } from './service-kind.ts';

/** The service that a command is meant for, or why it is not clear which. */
export type ChosenService =
  | { readonly kind: 'chosen'; readonly service: ComposeService }
  | { readonly kind: 'unclear'; readonly message: string };

/** What people call a database or a cache, whatever its service is called. */
const aliases: Readonly<Record<string, readonly ServiceKind[]>> = {
  db: ['postgres', 'mysql', 'mongo'],
  database: ['postgres', 'mysql', 'mongo'],
  pg: ['postgres'],
  psql: ['postgres'],
  postgres: ['postgres'],
  postgresql: ['postgres'],
  mysql: ['mysql'],
  mariadb: ['mysql'],
  mongo: ['mongo'],
  mongodb: ['mongo'],
  cache: ['redis'],
  redis: ['redis'],
  valkey: ['redis'],
};

/**
 * The service that `wanted` names: by its name, the same after the project's (`api-db`), or by what people call the only
 * one of its kind (`db`, `cache`). Without a name: the one named like the project or `app`, else the only one that is
 * built here, else the first that is no database, cache or proxy. `asker` is what the message calls the task.
 */
export function chooseService(environment: NamedEnvironment, asker: string, wanted?: string): ChosenService {
  const { services } = environment;
  const service = wanted === undefined ? defaultService(environment) : namedService(environment, wanted);
  if (service !== undefined) return { kind: 'chosen', service };
  const names = services.map(({ name }) => name);
  const known = names.length === 0 ? 'It has no services.' : `It has: ${names.join(', ')}.`;
  const where = environment.composeProject;
  if (wanted === undefined)
    return {
      kind: 'unclear',
      message: `${asker}: none of the services of ${where} is clearly the application. ${known}\nName one with \`--service=NAME\`, or \`service\` in the options.`,
    };
  const close = closeNames(wanted, names);
  const question = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
  return {
    kind: 'unclear',
    message: `${asker}: ${where} has no service ${wanted}.${question}\n${known}`,
  };
}

function namedService(environment: NamedEnvironment, wanted: string): ComposeService | undefined {
  const { services, project, composeProject } = environment;
  const shorter = [composeProject, project]
    .filter((prefix) => wanted.startsWith(`${prefix}-`))
    .map((prefix) => wanted.slice(prefix.length + 1));
  const candidates = [wanted, ...shorter];
  for (const name of candidates) {
    const exact = services.find((service) => service.name === name);
    if (exact !== undefined) return exact;
  }
  for (const name of candidates) {
    const meant = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
    const [only, second] = services.filter((service) => meant?.includes(serviceKind(service)));
    if (only !== undefined && second === undefined) return only;
  }
  return undefined;
}

function defaultService({ services, project }: NamedEnvironment): ComposeService | undefined {
  const simpleName = project.slice(project.search(/[^/@]*$/));
  for (const name of [project, simpleName, 'app']) {
    const service = services.find((candidate) => candidate.name === name);
    if (service !== undefined) return service;
  }
  const [built, second] = services.filter(({ build }) => build !== undefined);
  if (built !== undefined && second === undefined) return built;
  // A one-shot such as a migration is not where commands are run.
  const applications = services.filter((service) => serviceKind(service) === 'application');
  return applications.find(({ oneShot }) => !oneShot) ?? applications[0];
}
