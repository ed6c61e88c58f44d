/** A program that a platform needs on the machine of a developer. */
export interface Prerequisite {
  readonly program: string;
  /** What makes it print its version. */
  readonly versionArguments: readonly string[];
  /** A semver range, where a file asks for one. */
  readonly range?: string;
  /** The file that asks for it, relative to the workspace. */
  readonly because: string;
}

/** What was found of a prerequisite. */
export type PrerequisiteFinding =
  | { readonly kind: 'fine'; readonly prerequisite: Prerequisite; readonly version: string }
  | { readonly kind: 'missing'; readonly prerequisite: Prerequisite; readonly install: string }
  | {
      readonly kind: 'outdated';
      readonly prerequisite: Prerequisite;
      readonly version: string;
      readonly install: string;
    };

type PackageManager = 'apt-get' | 'dnf' | 'apk' | 'brew';

interface Installation {
  readonly packages?: Readonly<Partial<Record<PackageManager, string>>>;
  readonly url: string;
}

const everywhere = (name: string, url: string): Installation => ({
  packages: { 'apt-get': name, dnf: name, apk: name, brew: name },
  url,
});

const installations: Readonly<Record<string, Installation>> = {
  git: everywhere('git', 'https://git-scm.com/downloads'),
  make: everywhere('make', 'https://www.gnu.org/software/make/'),
  node: { url: 'https://nodejs.org/en/download' },
  npm: { url: 'https://nodejs.org/en/download' },
  pnpm: { url: 'https://pnpm.io/installation' },
  yarn: { url: 'https://yarnpkg.com/getting-started/install' },
  python3: everywhere('python3', 'https://www.python.org/downloads/'),
  uv: { packages: { brew: 'uv' }, url: 'https://docs.astral.sh/uv/getting-started/installation/' },
  poetry: { packages: { brew: 'poetry' }, url: 'https://python-poetry.org/docs/#installation' },
  go: { packages: { brew: 'go', apk: 'go', dnf: 'golang' }, url: 'https://go.dev/doc/install' },
  cargo: { packages: { brew: 'rustup' }, url: 'https://rustup.rs' },
};

/** How to install a program here: by the package manager that this machine has, or else from where. */
export function howToInstall(program: string, has: (manager: string) => boolean): string {
  const { packages = {}, url } = installations[program] ?? { url: `the page of ${program}` };
  for (const manager of ['brew', 'apt-get', 'dnf', 'apk'] as const) {
    const name = packages[manager];
    if (name === undefined || !has(manager)) continue;
    return manager === 'brew'
      ? `brew install ${name}`
      : `sudo ${manager} ${manager === 'apk' ? 'add' : 'install'} ${name}`;
  }
  return `see ${url}`;
}
