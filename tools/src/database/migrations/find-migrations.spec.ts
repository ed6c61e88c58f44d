import { describe, expect, it } from 'vitest';
import { findMigrations } from './find-migrations.ts';
import { alembicIni, dbmateFile, migrationFolder, revision } from './migration-folder.fixture.ts';

function read(files: Readonly<Record<string, string>>, given?: string) {
  using project = migrationFolder(files);
  const set = findMigrations(project.folder, given);
  return (
    set && {
      ...set,
      ids: set.migrations.map(({ id }) => id),
      folder: set.folder.slice(project.folder.length),
    }
  );
}

describe('Alembic, without running Python', () => {
  const chain = {
    'alembic.ini': alembicIni,
    'migrations/versions/1_c.py': revision('ccc', "'bbb'"),
    'migrations/versions/2_a.py': revision('aaa', 'None', 'create users'),
    'migrations/versions/3_b.py': revision('bbb', "'aaa'"),
    'migrations/versions/__init__.py': '',
  };

  it('reads the chain in its order', () => {
    const set = read(chain);
    expect(set).toMatchObject({
      tool: 'alembic',
      folder: '/migrations/versions',
      ids: ['aaa', 'bbb', 'ccc'],
      heads: ['ccc'],
      problems: [],
    });
    expect(set?.migrations[0]?.title).toBe('create users');
  });

  it('tells several heads, and that a merge ends them', () => {
    const branch = { ...chain, 'migrations/versions/4_d.py': revision('ddd', "'bbb'") };
    expect(read(branch)).toMatchObject({
      heads: ['ccc', 'ddd'],
      problems: ['There are 2 heads: ccc, ddd. Merge them: `alembic merge ccc ddd`.'],
    });
    const merged = {
      ...branch,
      'migrations/versions/5_e.py': revision('eee', "(\n    'ccc',\n    'ddd',\n)"),
    };
    expect(read(merged)).toMatchObject({
      heads: ['eee'],
      problems: [],
      ids: ['aaa', 'bbb', 'ccc', 'ddd', 'eee'],
    });
  });

  it('tells a broken chain, a circle, a version that two files have', () => {
    expect(read({ ...chain, 'migrations/versions/2_a.py': revision('aaa', "'gone'") })?.problems).toEqual([
      'The chain is broken: aaa (2_a.py) follows gone, which no file has.',
    ]);
    expect(read({ ...chain, 'migrations/versions/2_a.py': revision('aaa', "'ccc'") })?.problems).toEqual([
      'The chain is a circle: aaa, bbb, ccc follow each other.',
    ]);
    expect(read({ ...chain, 'migrations/versions/9_b.py': revision('bbb', "'aaa'") })?.problems).toEqual([
      '3_b.py and 9_b.py have the same version, bbb.',
    ]);
    const computed = revision('ddd', "'ccc'").replace("= 'ccc'", '= previous()');
    expect(read({ ...chain, 'migrations/versions/4_d.py': computed })?.problems).toContain(
      '4_d.py does not say in plain text which revision it follows (down_revision).',
    );
  });

  it('finds the folder in pyproject.toml, and reads old files without types', () => {
    const set = read({
      'pyproject.toml': '[tool.alembic]\nscript_location = "%(here)s/db/alembic"\n',
      'db/alembic/versions/a.py': '"""one"""\nrevision = "a1"\ndown_revision = None\n',
    });
    expect(set).toMatchObject({ folder: '/db/alembic/versions', ids: ['a1'], heads: ['a1'], problems: [] });
  });
});

describe('files with numbers', () => {
  it('of dbmate are known by their marks', () => {
    const set = read({
      'db/migrations/20261121155450_add_email.sql': dbmateFile,
      'db/migrations/20261121155449_create_users.sql': dbmateFile,
      'db/schema.sql': '',
    });
    expect(set).toMatchObject({ tool: 'dbmate', ids: ['20261121155449', '20261121155450'], problems: [] });
    expect(set?.migrations[1]?.title).toBe('add email');
  });

  it('of dbmate with one version do not fit: only one of them gets applied', () => {
    const set = read({ 'db/migrations/20_b.sql': dbmateFile, 'db/migrations/20_a.sql': dbmateFile });
    expect(set?.problems).toEqual(['20_a.sql and 20_b.sql have the same version, 20.']);
  });

  it('of node-pg-migrate are known by scripts, or by their marks', () => {
    const set = read({
      'migrations/1795276490425_second-one.js': 'export const up = () => {};',
      'migrations/1795276490239_first-one.sql': '-- Up Migration\n\n-- Down Migration',
    });
    expect(set).toMatchObject({
      tool: 'node-pg-migrate',
      ids: ['1795276490239_first-one', '1795276490425_second-one'],
    });
  });

  it('of others are ordered by number, without those that take back', () => {
    expect(
      read({ 'migrations/010_b.up.sql': '', 'migrations/010_b.down.sql': '', 'migrations/9_a.sql': '' }),
    ).toMatchObject({ tool: 'sql', ids: ['9', '010'] });
    expect(
      read({
        'src/main/resources/db/migration/V1.10__c.sql': '',
        'src/main/resources/db/migration/V1.9__b.sql': '',
      }),
    ).toMatchObject({ tool: 'sql', ids: ['1.9', '1.10'] });
  });

  it('are found where an option says', () => {
    expect(read({ 'deep/down/1_a.sql': '' }, 'deep/down')).toMatchObject({ ids: ['1'] });
    expect(() => read({ 'a.txt': '' }, 'none')).toThrow(/There is no folder none of migrations in /);
    expect(() => read({ 'here/a.txt': '' }, 'here')).toThrow(
      /here holds no migrations that are known: Alembic/,
    );
  });

  it('are not made of anything else', () => {
    expect(read({ 'migrations/readme.md': '', 'sql/query.sql': '' })).toBeUndefined();
  });
});
