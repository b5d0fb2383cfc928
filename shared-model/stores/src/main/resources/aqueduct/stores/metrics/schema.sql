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

-- What each window of the live path added to each day: how many events (requests of the report that counts most),
-- which generation the day showed then, and which correction has covered them since.
create table if not exists day_window (
  day date not null,
  window_start timestamptz not null,
  events bigint not null,
  shown int not null,
  covered_by int,
  applied_at timestamptz not null default clock_timestamp(),
  primary key (day, window_start)
);
create index if not exists day_window_uncovered on day_window (day) where covered_by is null;

-- A day's generation in the making; its rows stand in metric and exact_measure already, where nobody looks.
create table if not exists day_draft (
  day date primary key,
  generation int not null,
  attempt text not null,
  begun_at timestamptz not null default clock_timestamp()
);
create table if not exists day_draft_part (
  day date not null references day_draft on delete cascade,
  kind text not null,
  part text not null,
  primary key (day, kind, part)
);

-- The audit: every version, lock and unlock.
create table if not exists day_history (
  id bigint generated always as identity primary key,
  day date not null,
  action text not null check (action in ('PUBLISHED', 'LOCKED', 'UNLOCKED')),
  generation int not null,
  attempt text not null,
  at timestamptz not null default clock_timestamp(),
  who text not null,
  why text not null,
  inputs text not null,
  difference text not null, -- lines of: report, measure, before, after
  swept boolean not null default false -- its numbers were deleted since
);
create index if not exists day_history_day on day_history (day, id);

-- Numbers of a corrected day that are no sums: exact distinct counts, visits.
create table if not exists exact_measure (
  day date not null,
  generation int not null,
  report text not null,
  grain text not null,
  bucket_start timestamptz not null,
  dimensions text[] not null,
  name text not null,
  value double precision not null,
  primary key (day, generation, report, grain, bucket_start, dimensions, name)
);

-- Buckets that a generation took over as they were: their cells stand under the generation that counted them, and stay
-- there as long as a generation needs them.
create table if not exists carried_bucket (
  day date not null,
  generation int not null,
  bucket_start timestamptz not null,
  holder int not null,
  primary key (day, generation, bucket_start)
);
create index if not exists carried_bucket_holder on carried_bucket (day, holder, bucket_start);

create or replace view published_metric as
  select metric.* from metric join day_state using (day, generation)
  union all
  select m.report, m.day, c.generation, m.bucket_start, m.dimensions, m.requests, m.page_views, m.bytes_sent, m.cache_hits,
    m.cacheable, m.status_2xx, m.status_3xx, m.status_4xx, m.status_5xx, m.visitors, m.duration
  from day_state join carried_bucket c using (day, generation)
  join metric m on m.day = c.day and m.generation = c.holder and m.bucket_start = c.bucket_start;

create or replace view published_exact_measure as
  select exact_measure.* from exact_measure join day_state using (day, generation);
