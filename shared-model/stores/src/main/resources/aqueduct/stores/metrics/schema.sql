-- SPDX-License-Identifier: Apache-2.0
-- The metric store in PostgreSQL 14 or newer. Every statement may be repeated.
create table if not exists schema_version (version int primary key);
insert into schema_version values (1) on conflict do nothing;

-- A day shows one generation: 0 is what the live path counts, higher ones are corrections.
create table if not exists day_state (
  day date primary key,
  generation int not null default 0,
  state text not null default 'open' check (state in ('open', 'locked'))
);

create table if not exists metric (
  report text not null,
  day date not null,
  generation int not null,
  bucket_start timestamptz not null,
  dimensions text[] not null, -- in the report's order, the site first
  requests bigint not null,
  page_views bigint not null,
  bytes_sent bigint not null,
  cache_hits bigint not null,
  cacheable bigint not null,
  status_2xx bigint not null,
  status_3xx bigint not null,
  status_4xx bigint not null,
  status_5xx bigint not null,
  visitors bytea, -- HLL sketch
  duration bytea, -- DDSketch
  primary key (report, day, generation, bucket_start, dimensions)
) with (fillfactor = 70);

-- The checkpoint: which windows are in the metrics.
create table if not exists applied_window (
  window_start timestamptz primary key,
  window_end timestamptz not null,
  attempt text not null,
  writer_token bigint not null,
  events bigint not null,
  applied_at timestamptz not null default clock_timestamp()
);

-- Which chunks are in the metrics: per file a bitmap (Roaring) of their first lines, and what they held.
create table if not exists applied_file (
  file_id bigint primary key,
  first_lines bytea not null,
  chunks int not null,
  lines bigint not null,
  events bigint not null,
  rejected bigint not null,
  filtered bigint not null,
  duplicate_lines bigint not null
);

create table if not exists writer (only_row boolean primary key default true check (only_row), token bigint not null);
insert into writer (token) values (0) on conflict do nothing;

create unlogged table if not exists staging (
  part uuid not null,
  staged_at timestamptz not null default clock_timestamp(),
  report text not null,
  bucket_start timestamptz not null,
  dimensions text[] not null,
  requests bigint not null,
  page_views bigint not null,
  bytes_sent bigint not null,
  cache_hits bigint not null,
  cacheable bigint not null,
  status_2xx bigint not null,
  status_3xx bigint not null,
  status_4xx bigint not null,
  status_5xx bigint not null,
  visitors bytea,
  duration bytea
);
create index if not exists staging_part on staging (part);

create or replace view published_metric as
  select metric.* from metric join day_state using (day, generation);
