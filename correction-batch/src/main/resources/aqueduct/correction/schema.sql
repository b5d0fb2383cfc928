-- SPDX-License-Identifier: Apache-2.0
-- What the correction knows of raw files and of the lake. Every statement may be repeated.
create schema if not exists correction;

-- Every kept file, and when its events happened.
create table if not exists correction.raw_file (
  file_id bigint primary key,
  bucket text not null,
  key text not null,
  etag text not null,
  size bigint not null,
  modified timestamptz not null,
  lines bigint not null,
  first_event timestamptz,
  last_event timestamptz,
  days date[] not null, -- of which it may hold events
  streamed boolean not null, -- the live path has taken it
  erased boolean not null default false -- another content has taken its place
);
create index if not exists raw_file_days on correction.raw_file using gin (days);

-- Which raw file's events of a day are in which file of the lake; true only while that file is part of the table.
-- No path: the raw file has no event of the day.
create table if not exists correction.lake_input (
  day date not null,
  file_id bigint not null,
  path text not null,
  rows bigint not null,
  future bigint not null, -- events too far ahead of their file's arrival, left out as the live path does
  primary key (day, file_id, path)
);

-- What each version of a day was made of.
create table if not exists correction.manifest (
  day date not null,
  attempt text not null,
  file_id bigint not null,
  primary key (day, attempt, file_id)
);

-- Which files of the lake a version's numbers were counted from, and by which reports: what came since is counted beside them.
create table if not exists correction.counted_file (
  day date not null,
  attempt text not null,
  rules text not null,
  path text not null,
  primary key (day, attempt, path)
);

-- The metadata datasets that answered for a day.
create table if not exists correction.day_dataset (
  day date not null,
  name text not null,
  version date not null,
  sha256 text not null,
  size bigint not null,
  licence text not null,
  retention text not null,
  noted_at timestamptz not null default clock_timestamp(),
  primary key (day, name, version)
);

-- Visitors who were erased: their events do not come back, whatever raw file they are read from again.
create table if not exists correction.tombstone (
  visitor_id bigint not null,
  day date, -- null: every day
  who text not null,
  why text not null,
  at timestamptz not null default clock_timestamp()
);
create unique index if not exists tombstone_once on correction.tombstone (visitor_id, coalesce(day, 'epoch'::date));
