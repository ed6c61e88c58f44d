/** Names and ports that one fixture has for itself: all fixtures share one engine. */
export interface PlatformPlace {
  /** Compose projects begin with it. */
  readonly prefix: string;
  /** The first of ten host ports. */
  readonly port: number;
}

/** A database and a one-shot that fills it; the application only waits to be asked. */
const compose = (name: string, more: { readonly port?: number; readonly containerName?: string }): string => `
name: ${name}
services:
  app:
    image: busybox:1.36
    command: [sleep, '3600']
    init: true
    stop_grace_period: 1s
    working_dir: /work
    volumes: ['..:/work']
    depends_on: { db: { condition: service_healthy } }
  db:
    image: redis:7-alpine
    command: [redis-server, --save, '', --port, '6379', --protected-mode, 'no']
    ${more.containerName === undefined ? '' : `container_name: ${more.containerName}`}
    ${more.port === undefined ? '' : `ports: ['127.0.0.1:${more.port}:6379']`}
    healthcheck: { test: [CMD, redis-cli, ping], interval: 1s, timeout: 2s, retries: 10 }
`;

/** A Makefile as such platforms have it: checks run in containers, and say what has to be up before. */
const makefile = (name: string, seconds: number): string => `
DEV := docker compose -f compose/dev.yml
TEST := docker compose -f compose/test.yml
.PHONY: dev-up dev-down test-up test-down lint type-check test verify

dev-up: ## Bring up the development environment
	$(DEV) up -d --wait
dev-down: ## Take it down
	$(DEV) down
test-up: ## Bring up the test environment
	$(TEST) up -d --wait
test-down: ## Take it down
	$(TEST) down

lint: dev-up ## Look for mistakes
	$(DEV) exec -T app sh -c 'sleep ${seconds}; echo linted ${name}'
type-check: dev-up ## Check the types
	$(DEV) exec -T app sh -c 'sleep ${seconds}; echo checked ${name}'
test: test-up ## Run the tests: each finds the database as it left it
	$(TEST) exec -T db sh -c 'test "$$(redis-cli incr running)" = 1'
	$(TEST) exec -T app sh -c 'sleep ${seconds}; echo tested ${name}'
	$(TEST) exec -T db redis-cli decr running

verify: lint type-check test ## All checks
`;

/**
 * Three projects with development and test environments. The test environments of api and jobs want one host port, those
 * of jobs and terminal one container name.
 */
export function containerPlatform(
  { prefix, port }: PlatformPlace,
  seconds = 1,
): Readonly<Record<string, string>> {
  const shared = `${prefix}-shared-db`;
  const project = (name: string, test: Parameters<typeof compose>[1]) => ({
    [`${name}/Makefile`]: makefile(name, seconds),
    [`${name}/compose/dev.yml`]: compose(`${prefix}-${name}-dev`, {}),
    [`${name}/compose/test.yml`]: compose(`${prefix}-${name}-test`, test),
  });
  return {
    ...project('api', { port }),
    ...project('jobs', { port, containerName: shared }),
    ...project('terminal', { containerName: shared }),
  };
}
