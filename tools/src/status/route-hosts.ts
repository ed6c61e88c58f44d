/** The host names under which a reverse proxy is to make a container reachable, by the container's labels. */
export function routeHosts(labels: Readonly<Record<string, string>>): readonly string[] {
  const hosts = Object.entries(labels).flatMap(([name, value]) => {
    if (/^traefik\.(http|tcp)\.routers\.[^.]+\.rule$/.test(name)) return traefikHosts(value);
    // caddy-docker-proxy: `caddy`, `caddy_0`.
    if (/^caddy(_\d+)?$/.test(name)) return value.split(/[\s,]+/).map(caddyHost);
    return [];
  });
  return [...new Set(hosts.filter((host) => /^[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(host)))];
}

function traefikHosts(rule: string): string[] {
  const calls = rule.matchAll(/\bHost(?:SNI)?\(([^)]*)\)/g);
  return [...calls].flatMap(([, names = '']) =>
    [...names.matchAll(/[`"']([^`"']+)[`"']/g)].map(([, host = '']) => host),
  );
}

function caddyHost(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
}
