import { expect, it } from 'vitest';
import { hideSecrets } from './hide-secrets.ts';

it('hides what services get in variables that are named like secrets', () => {
  const services = [
    { environment: { POSTGRES_PASSWORD: 'hunter22', POSTGRES_DB: 'shopping' } },
    { environment: { API_KEY: null } },
  ];
  expect(hideSecrets({ services }, 'shopping: no hunter22')).toBe('shopping: no ***');
});
