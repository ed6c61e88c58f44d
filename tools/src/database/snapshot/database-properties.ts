import { z } from 'zod';
import { runSql, type Database } from '../server/index.ts';
import { quoteName, quoteText } from './quote.ts';

const row = z.object({
  oid: z.coerce.number(),
  owner: z.string(),
  encoding: z.string(),
  tablespace: z.string(),
  comment: z.string().nullable(),
  collate: z.string().nullish(),
  ctype: z.string().nullish(),
  /** c: libc, i: ICU, b: built in. Since PostgreSQL 15. */
  provider: z.string().nullish(),
  locale: z.string().nullish(),
  rules: z.string().nullish(),
});

/** What a database has besides its content. */
export type DatabaseProperties = z.infer<typeof row>;

/** Reads them; undefined when there is no such database. Columns of pg_database differ between versions: hence JSON. */
export async function readProperties(database: Database): Promise<DatabaseProperties | undefined> {
  const [found] = await runSql(
    database,
    `select json_build_object(
        'oid', d.oid::text, 'owner', pg_get_userbyid(d.datdba), 'encoding', pg_encoding_to_char(d.encoding),
        'tablespace', t.spcname, 'comment', shobj_description(d.oid, 'pg_database'),
        'collate', to_json(d)->>'datcollate', 'ctype', to_json(d)->>'datctype',
        'provider', to_json(d)->>'datlocprovider',
        'locale', coalesce(to_json(d)->>'datlocale', to_json(d)->>'daticulocale'),
        'rules', to_json(d)->>'daticurules')
       from pg_database d join pg_tablespace t on t.oid = d.dattablespace where d.datname = :'name'`,
    { database: 'template1', variables: { name: database.name } },
  );
  return found === undefined ? undefined : row.parse(JSON.parse(found[0] ?? ''));
}

/** The statement that makes an empty database with the properties of another, or with those of the server. */
export function createStatement(name: string, like: DatabaseProperties | undefined, owner: string): string {
  const head = `CREATE DATABASE ${quoteName(name)} TEMPLATE template0 OWNER ${quoteName(like?.owner ?? owner)}`;
  if (like === undefined) return `${head};`;
  const parts = [head, `ENCODING ${quoteText(like.encoding)}`, `TABLESPACE ${quoteName(like.tablespace)}`];
  const add = (word: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') parts.push(`${word} ${quoteText(value)}`);
  };
  add('LC_COLLATE', like.collate);
  add('LC_CTYPE', like.ctype);
  if (like.provider === 'i' || like.provider === 'b') {
    parts.push(`LOCALE_PROVIDER ${like.provider === 'i' ? 'icu' : 'builtin'}`);
    add(like.provider === 'i' ? 'ICU_LOCALE' : 'BUILTIN_LOCALE', like.locale);
    add('ICU_RULES', like.rules);
  }
  return `${parts.join(' ')};`;
}

/**
 * Gives a database what is set for another one: its connection limit, its settings and those of roles in it, its grants.
 * A snapshot holds the content of a database, so a restore keeps these as they are.
 */
export async function copySettings(database: Database, from: DatabaseProperties, to: string): Promise<void> {
  const variables = { oid: String(from.oid), new: to };
  const statements = await runSql(database, settingsQuery, { database: 'template1', variables });
  const sql = statements.map(([statement = '']) => `${statement};`).join('\n');
  if (sql !== '') await runSql(database, sql, { database: 'template1' });
}

/** Lists of names are stored quoted, as they were written; all other values are not. */
const lists = [
  ...['search_path', 'temp_tablespaces', 'local_preload_libraries', 'session_preload_libraries'],
  ...['shared_preload_libraries', 'unix_socket_directories'],
];

const settingsQuery = `
with d as (select * from pg_database where oid = :'oid'::oid),
settings as (
  select s.setrole, split_part(c, '=', 1) as name, substr(c, strpos(c, '=') + 1) as value
    from pg_db_role_setting s, unnest(s.setconfig) c where s.setdatabase = :'oid'::oid
)
select format('ALTER DATABASE %I CONNECTION LIMIT %s', :'new', datconnlimit) from d
union all
select case when setrole = 0 then format('ALTER DATABASE %I', :'new')
            else format('ALTER ROLE %I IN DATABASE %I', pg_get_userbyid(setrole), :'new') end
    || format(' SET %I TO ', name)
    || case when value <> '' and lower(name) in (${lists.map((name) => `'${name}'`).join(', ')}) then value else quote_literal(value) end
  from settings
union all
select statement from (
  select 0 as place, format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'new') as statement from d where datacl is not null
  union all
  select 1, format('REVOKE ALL ON DATABASE %I FROM %I', :'new', pg_get_userbyid(datdba)) from d where datacl is not null
  union all
  select 2, format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, :'new',
      case when a.grantee = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(a.grantee)) end,
      case when a.is_grantable then ' WITH GRANT OPTION' else '' end)
    from d, aclexplode(d.datacl) a
  order by place
) grants
`;
