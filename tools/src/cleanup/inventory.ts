import type { Engine, NamedEnvironment } from '../compose/index.ts';
import { askEngine, listPlatformContainers, type OwnContainer } from '../platform/index.ts';
import { parseBytes } from '../table/index.ts';

/** Something that Compose made for a compose project, and the containers that use it, of whomever. */
export interface Belonging {
  readonly id: string;
  readonly name: string;
  readonly composeProject: string;
  readonly users: readonly string[];
  readonly bytes?: number;
  /** What Compose files call it; absent for images. */
  readonly key?: string;
}

/** One name of an image that was built for a service, or the image when a newer build took its name. */
export interface BuiltImage extends Belonging {
  readonly hasName: boolean;
  readonly createdAt: number;
}

/** All that the engine has of a platform. */
export interface Inventory {
  readonly containers: readonly (OwnContainer & { readonly bytes?: number })[];
  /** Compose projects that another checkout uses under the same name: nothing of them is ours for sure. */
  readonly shared: ReadonlySet<string>;
  readonly volumes: readonly Belonging[];
  readonly networks: readonly Belonging[];
  readonly images: readonly BuiltImage[];
}

const projectLabel = 'com.docker.compose.project';

/** Asks the engine for everything that belongs to these environments. Throws when it fails. */
export async function takeInventory(
  engine: Engine,
  environments: readonly NamedEnvironment[],
): Promise<Inventory> {
  const projects = new Set(environments.map(({ composeProject }) => composeProject));
  const [{ own, foreign }, volumes, networks, images, volumeSizes] = await Promise.all([
    listPlatformContainers(engine, { environments }),
    listLabelled(engine, 'volume', projects),
    listLabelled(engine, 'network', projects),
    listImages(engine, environments),
    measureVolumes(engine),
  ]);
  const containerSizes = await measureContainers(
    engine,
    own.map(({ id }) => id),
  );
  return {
    containers: own.map((container) => ({ ...container, ...sized(containerSizes.get(container.id)) })),
    shared: new Set(foreign.map(({ composeProject }) => composeProject)),
    volumes: volumes.map((volume) => ({ ...volume, ...sized(volumeSizes.get(volume.name)) })),
    networks,
    images,
  };
}

function sized(bytes: number | undefined): { readonly bytes?: number } {
  return bytes === undefined ? {} : { bytes };
}

async function listLabelled(
  engine: Engine,
  kind: 'volume' | 'network',
  projects: ReadonlySet<string>,
): Promise<readonly Belonging[]> {
  const id = kind === 'volume' ? '{{.Name}}' : '{{.ID}}';
  const format = `${id}\t{{.Name}}\t{{.Label "${projectLabel}"}}\t{{.Label "com.docker.compose.${kind}"}}`;
  const rows = await rowsOf(engine, [kind, 'ls', '--filter', `label=${projectLabel}`, '--format', format]);
  const found = rows.filter(([, , composeProject = '']) => projects.has(composeProject));
  return Promise.all(
    found.map(async ([own = '', name = '', composeProject = '', key = '']) => ({
      id: own,
      name,
      composeProject,
      key,
      users: await usersOf(engine, `${kind}=${own}`),
    })),
  );
}

async function listImages(
  engine: Engine,
  environments: readonly NamedEnvironment[],
): Promise<readonly BuiltImage[]> {
  const format = '{{.ID}}\t{{.Repository}}\t{{.Tag}}\t{{.CreatedAt}}\t{{.Size}}';
  const list = (...filter: readonly string[]): Promise<readonly string[][]> =>
    rowsOf(engine, ['image', 'ls', '--no-trunc', ...filter, '--format', format]);
  const images = new Map<string, Omit<BuiltImage, 'users'>>();
  const note = (
    composeProject: string,
    [id = '', repository = '', tag = '', created = '', size = '']: readonly string[],
  ): void => {
    const hasName = repository !== '<none>' && tag !== '<none>';
    const name = hasName ? `${repository}:${tag}` : id.replace('sha256:', '').slice(0, 12);
    images.set(`${id} ${name}`, {
      id,
      name,
      composeProject,
      hasName,
      // `2026-11-21 15:30:26 +0000 UTC`
      createdAt: Date.parse(created.replace(/ [A-Z]{3,4}$/, '')) || 0,
      ...sized(parseBytes(size)),
    });
  };
  // Compose v2 labels what it builds; v1 only names it.
  const labelled = environments.map(async ({ composeProject }) => {
    for (const row of await list('--filter', `label=${projectLabel}=${composeProject}`))
      note(composeProject, row);
  });
  await Promise.all(labelled);
  const names = new Map(
    environments.flatMap(({ composeProject, services }) =>
      services
        .filter(({ build, image }) => build !== undefined && image === undefined)
        .flatMap(({ name }) =>
          ['-', '_'].map((joint) => [`${composeProject}${joint}${name}`, composeProject] as const),
        ),
    ),
  );
  for (const row of names.size === 0 ? [] : await list()) {
    const composeProject = names.get(row[1] ?? '');
    if (composeProject !== undefined) note(composeProject, row);
  }
  return Promise.all(
    [...images.values()].map(async (image) => ({
      ...image,
      users: await usersOf(engine, `ancestor=${image.id}`),
    })),
  );
}

/** The ids of all containers that a filter finds, stopped ones too. */
async function usersOf(engine: Engine, filter: string): Promise<readonly string[]> {
  return (await rowsOf(engine, ['ps', '--all', '--quiet', '--no-trunc', '--filter', filter])).flat();
}

async function measureContainers(
  engine: Engine,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const args = ['container', 'inspect', '--size', '--format', '{{.Id}}\t{{.SizeRw}}', ...ids];
  const answer = await askEngine(engine, args);
  const rows = answer.text.split('\n').map((line) => line.split('\t'));
  return new Map(rows.map(([id = '', size = '']) => [id, Number(size) || 0]));
}

/** The engine walks through all volumes for this; where that takes too long the sizes are not known. */
async function measureVolumes(engine: Engine): Promise<ReadonlyMap<string, number>> {
  const format = '{{range .Volumes}}{{.Name}}\t{{.Size}}\n{{end}}';
  const answer = await askEngine(engine, ['system', 'df', '--verbose', '--format', format]);
  const rows = answer.text.split('\n').map((line) => line.split('\t'));
  return new Map(
    rows.flatMap(([name = '', size = '']) => {
      const bytes = parseBytes(size);
      return bytes === undefined ? [] : [[name, bytes] as const];
    }),
  );
}

async function rowsOf(engine: Engine, args: readonly string[]): Promise<string[][]> {
  const answer = await askEngine(engine, args);
  // Half of what there is would make something look unused.
  if (answer.kind === 'failed')
    throw new Error(`\`${engine.program} ${args.slice(0, 2).join(' ')}\` failed: ${answer.message}`);
  return answer.text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'));
}
