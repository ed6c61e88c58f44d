-- migrate:up
-- The id begins with the time of the start: in the collation "C" its order is that of time on every server.
create table runs (
  id text collate "C" primary key,
  record jsonb not null,
  constraint runs_record_has_id check (record ->> 'id' = id),
  constraint runs_record_size check (octet_length(record::text) <= 16777216)
);

-- migrate:down
drop table runs;
