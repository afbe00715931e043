-- Times are microseconds since 1970 in UTC; NULL is no time.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
  source        INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE,
  state         TEXT NOT NULL DEFAULT '{}', -- JSON, without what has columns here
  etag          BLOB,                       -- validators, byte for byte
  last_modified BLOB,
  origin        TEXT NOT NULL DEFAULT '{}', -- JSON: how published entries name it
  succeeded     INTEGER,                    -- last answer that could be used
  entries       INTEGER NOT NULL DEFAULT 0  -- ever seen
) STRICT;

-- Identity: rows are never deleted.
CREATE TABLE entries (
  entry       INTEGER PRIMARY KEY,
  source      INTEGER NOT NULL REFERENCES sources,
  story       INTEGER NOT NULL,
  hash        BLOB NOT NULL,
  first_seen  INTEGER NOT NULL,
  last_listed INTEGER,                    -- NULL while upstream lists it
  archived    INTEGER NOT NULL DEFAULT 1, -- 0 after retention took its content
  fixed       INTEGER NOT NULL DEFAULT 0, -- 1 after a person put it into its story
  public_id   TEXT NOT NULL,
  digest      BLOB NOT NULL UNIQUE        -- of public_id
) STRICT;
CREATE INDEX entries_first_seen ON entries (first_seen);
CREATE INDEX entries_listed ON entries (source) WHERE last_listed IS NULL;
CREATE INDEX entries_gone ON entries (last_listed) WHERE last_listed IS NOT NULL AND archived = 1;

CREATE TABLE marks (
  source INTEGER NOT NULL,
  mark   BLOB NOT NULL,
  entry  INTEGER NOT NULL,
  PRIMARY KEY (source, mark)
) STRICT, WITHOUT ROWID;

-- What a person may call an entry by, as digests: upstream ids and links.
CREATE TABLE handles (
  digest INTEGER NOT NULL,
  entry  INTEGER NOT NULL,
  PRIMARY KEY (digest, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE contents (
  entry     INTEGER PRIMARY KEY REFERENCES entries,
  published INTEGER,
  language  TEXT NOT NULL,
  title     TEXT NOT NULL,
  link      TEXT NOT NULL,
  signature BLOB,
  body      BLOB NOT NULL -- received entry and copy
) STRICT;

-- What contents held before upstream edited the entry.
CREATE TABLE revisions (
  entry    INTEGER NOT NULL REFERENCES entries,
  revision INTEGER NOT NULL, -- 1, 2, …
  replaced INTEGER NOT NULL,
  hash     BLOB NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (entry, revision)
) STRICT;

CREATE TABLE stories (
  story      INTEGER PRIMARY KEY,
  first      INTEGER,
  last       INTEGER,
  renditions TEXT NOT NULL, -- JSON
  linked     TEXT           -- JSON
) STRICT;

CREATE TABLE editions (
  edition INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 0,
  changed INTEGER,
  config  TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE configs (
  config      INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE decisions (
  edition INTEGER NOT NULL,
  entry   INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  step    TEXT NOT NULL,
  rule    TEXT NOT NULL,
  reason  TEXT NOT NULL,
  config  INTEGER NOT NULL,
  at      INTEGER,
  details TEXT, -- JSON: hits and steps
  PRIMARY KEY (edition, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_held ON decisions (entry) WHERE verdict = 'held';

CREATE TABLE former_decisions (
  edition  INTEGER NOT NULL,
  entry    INTEGER NOT NULL,
  revision INTEGER NOT NULL, -- 1, 2, …
  verdict  TEXT NOT NULL,
  step     TEXT NOT NULL,
  rule     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  config   INTEGER NOT NULL,
  at       INTEGER,
  details  TEXT,
  PRIMARY KEY (entry, edition, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE listings (
  edition   INTEGER NOT NULL,
  key       TEXT NOT NULL,
  story     INTEGER NOT NULL,
  entry     INTEGER NOT NULL,
  id        TEXT NOT NULL,
  listed    INTEGER NOT NULL,
  published INTEGER,
  updated   INTEGER,
  related   TEXT, -- JSON: entries
  PRIMARY KEY (edition, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX listings_newest ON listings (edition, listed DESC, id);
CREATE INDEX listings_story ON listings (story);

CREATE TABLE budgets (
  host   TEXT PRIMARY KEY,
  budget TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- Who has private addresses: the key in them is kept as its digest only.
CREATE TABLE subscribers (
  name   TEXT PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  added  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- WebSub: who is told of our editions.
CREATE TABLE subscriptions (
  topic    TEXT NOT NULL,
  callback TEXT NOT NULL,
  secret   TEXT NOT NULL,
  expires  INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (topic, callback)
) STRICT, WITHOUT ROWID;

-- WebSub: where we are told of sources' news.
CREATE TABLE leases (
  source TEXT PRIMARY KEY, -- name
  id     TEXT NOT NULL UNIQUE,
  lease  TEXT NOT NULL     -- JSON
) STRICT, WITHOUT ROWID;
