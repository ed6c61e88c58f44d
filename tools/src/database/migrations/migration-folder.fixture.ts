import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A project with migrations, in a folder that is gone at the end. */
export function migrationFolder(
  files: Readonly<Record<string, string>>,
): Disposable & { readonly folder: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'db-migrations-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return {
    folder,
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true });
    },
  };
}

/** A revision as the template of Alembic 1.20 writes it. */
export function revision(id: string, after: string, title = `title of ${id}`): string {
  return `"""${title}

Revision ID: ${id}
Revises: ${after}

"""
from typing import Sequence, Union

from alembic import op

# revision identifiers, used by Alembic.
revision: str = '${id}'
down_revision: Union[str, Sequence[str], None] = ${after}
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None
`;
}

/** An alembic.ini as \`alembic init migrations\` writes it, shortened. */
export const alembicIni =
  '# A generic configuration.\n[alembic]\nscript_location = %(here)s/migrations\n\n[loggers]\nkeys = root\n';

/** A migration as \`dbmate new\` writes it. */
export const dbmateFile = '-- migrate:up\n\n\n-- migrate:down\n\n';
