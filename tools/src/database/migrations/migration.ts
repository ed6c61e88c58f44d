/** The tools whose migrations are understood; `sql` are numbered files of any other one. */
export type MigrationTool = 'alembic' | 'dbmate' | 'node-pg-migrate' | 'sql';

/** A migration as a file has it. */
export interface Migration {
  /** As the tool writes it into its table: a revision, a version, a name. */
  readonly id: string;
  readonly title: string;
  /** Absolute. */
  readonly file: string;
  /** Those that have to be applied before; only Alembic says so, elsewhere it is the one before in the order. */
  readonly after: readonly string[];
}

/** The migrations of a project, from its files alone. */
export interface MigrationSet {
  readonly tool: MigrationTool;
  /** Where the files are. Absolute. */
  readonly folder: string;
  /** Oldest first. */
  readonly migrations: readonly Migration[];
  /** Those that no other one follows; more than one means that the history branches. */
  readonly heads: readonly string[];
  /** What does not fit together, one sentence each. */
  readonly problems: readonly string[];
}

/** A migration that a database says it has. */
export interface AppliedMigration {
  readonly id: string;
  /** When, as the database wrote it; not all tools write it down. */
  readonly at?: string;
}
