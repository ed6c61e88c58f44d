import { closeNames } from '@switchyard/tools/close-names';
import type { NamedEnvironment } from '@switchyard/tools/compose';

/** Says which of the services an environment does not have; undefined when it has them all. */
export function unknownService(
  { composeProject, services }: NamedEnvironment,
  asked: readonly string[],
  asker: string,
): string | undefined {
  const names = services.map(({ name }) => name);
  const unknown = asked.find((service) => !names.includes(service));
  if (unknown === undefined) return undefined;
  const close = closeNames(unknown, names);
  const question = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
  return `${asker}: ${composeProject} has no service ${unknown}.${question}\nIt has: ${names.join(', ')}.`;
}
