import type { NamedEnvironment } from '@switchyard/tools/compose';
import type { SetupEvent, SetupOutcome } from '@switchyard/tools/setup';
import { paint, type OutputStyle } from '@switchyard/tools/table';

/** The line that tells a person of an event; none for what the next line makes clear. */
export function progressLine(event: SetupEvent, style: OutputStyle): string | undefined {
  switch (event.kind) {
    case 'step':
      return paint(event.title, 'bold', style);
    case 'work':
      return undefined;
    case 'worked':
      return `  ${paint('done', 'green', style)}     ${event.what}${remark(event.note, event.milliseconds)}`;
    case 'would':
      return `  ${paint('missing', 'yellow', style)}  ${event.what}`;
    case 'nothing':
      return `  ${paint('fine', 'green', style)}`;
    case 'note':
      return `  ${event.text}`;
    case 'failed':
      return `  ${paint('failed', 'red', style)}   ${event.message.replaceAll('\n', '\n           ')}`;
  }
}

function remark(note: string | undefined, milliseconds: number): string {
  const seconds = milliseconds < 1000 ? [] : [`${(milliseconds / 1000).toFixed(1)} s`];
  const parts = [...(note === undefined ? [] : [note]), ...seconds];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** What to tell at the end: where everything is, or how to go on. */
export function closingLines(
  outcome: SetupOutcome,
  environments: readonly NamedEnvironment[],
): readonly string[] {
  switch (outcome.kind) {
    case 'planned':
      return outcome.would.length === 0 ? ['Nothing is missing.'] : ['Without --dryRun this is done.'];
    case 'failed':
      return [];
    case 'stopped':
      return ['The set-up was stopped. Run it again: it goes on from here.'];
    case 'complete':
      return [
        outcome.did.length === 0 ? 'Everything was there already.' : 'Everything is there.',
        ...environments.flatMap(addresses),
      ];
  }
}

/** `api-dev app  http://localhost:8080`: where the services of an environment are reached from this machine. */
function addresses({ composeProject, services }: NamedEnvironment): readonly string[] {
  return services.flatMap(({ name, ports }) =>
    ports.flatMap(({ host, address, protocol }) => {
      if (host === undefined || protocol === 'udp') return [];
      const machine =
        address === '0.0.0.0' || address === '127.0.0.1' || address === '::' ? 'localhost' : address;
      return [`  ${composeProject} ${name}  ${machine}:${host.first}`];
    }),
  );
}
