import { secretHider } from '../../process/index.ts';
import type { ComposeService } from '../environment.ts';

/** Hides in a message what the services of an environment get in variables that are named like secrets. */
export function hideSecrets(
  { services = [] }: { readonly services?: readonly Pick<ComposeService, 'environment'>[] },
  text: string,
): string {
  return services.reduce((hidden, { environment }) => {
    const values = Object.entries(environment).map(([name, value]) => [name, value ?? undefined] as const);
    return secretHider(Object.fromEntries(values))(hidden);
  }, text);
}
