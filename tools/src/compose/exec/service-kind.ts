import type { ComposeService } from '../environment.ts';

/** What a service is for, as far as the name of its image tells. */
export type ServiceKind = 'postgres' | 'mysql' | 'mongo' | 'redis' | 'infrastructure' | 'application';

const kinds: readonly (readonly [ServiceKind, RegExp])[] = [
  ['postgres', /postgres|postgis|timescale|pgvector/],
  ['mysql', /mysql|mariadb|percona/],
  ['mongo', /mongo/],
  ['redis', /redis|valkey|keydb|dragonfly/],
  [
    'infrastructure',
    /memcached|nginx|traefik|caddy|haproxy|envoy|rabbitmq|kafka|zookeeper|nats|elasticsearch|opensearch|minio|mailhog|mailpit|localstack|prometheus|grafana|loki|jaeger|adminer|pgadmin|registry/,
  ],
];

/** Says what a service is for. One that is built here is an application, whatever it is built on. */
export function serviceKind(service: Pick<ComposeService, 'image' | 'build'>): ServiceKind {
  if (service.build !== undefined || service.image === undefined) return 'application';
  // Neither the registry nor the tag tells anything: `localhost:5000/team/postgres:15` is a PostgreSQL.
  const image = service.image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const name = image.slice(image.lastIndexOf('/') + 1).toLowerCase();
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? 'application';
}
