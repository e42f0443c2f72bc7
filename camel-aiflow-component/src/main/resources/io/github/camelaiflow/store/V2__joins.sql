-- Halves that wait for each other, and pairs. One row a space is locked by whoever changes anything of it, so that a left half and
-- its right one, coming to two nodes at once, never miss each other, and pairs are committed in the order of their positions.
-- Keys begin with the id or name: H2 uses an index for a list of values only by its first column.
CREATE TABLE IF NOT EXISTS aiflow_join (
  space  VARCHAR(255) NOT NULL PRIMARY KEY,
  seq    BIGINT NOT NULL,
  lefts  BIGINT NOT NULL,
  rights BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS aiflow_join_left (
  id       VARCHAR(255) NOT NULL,
  space    VARCHAR(255) NOT NULL,
  alias    VARCHAR(255),
  happened TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  content  VARCHAR NOT NULL,
  came     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (id, space)
);

CREATE INDEX IF NOT EXISTS aiflow_join_left_alias ON aiflow_join_left (alias, space);
CREATE INDEX IF NOT EXISTS aiflow_join_left_age ON aiflow_join_left (space, came);

-- One for an id waits; one for an alias (its name) waits until found, the time it last found a left half
CREATE TABLE IF NOT EXISTS aiflow_join_right (
  name     VARCHAR(255) NOT NULL,
  space    VARCHAR(255) NOT NULL,
  by_alias BOOLEAN NOT NULL,
  happened TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  content  VARCHAR NOT NULL,
  came     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  found    TIMESTAMP(6) WITH TIME ZONE,
  PRIMARY KEY (name, space, by_alias)
);

CREATE INDEX IF NOT EXISTS aiflow_join_right_age ON aiflow_join_right (space, found, came);

CREATE TABLE IF NOT EXISTS aiflow_join_pair (
  space          VARCHAR(255) NOT NULL,
  seq            BIGINT NOT NULL,
  left_id        VARCHAR(255) NOT NULL,
  alias          VARCHAR(255),
  left_happened  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  left_content   VARCHAR NOT NULL,
  by_alias       BOOLEAN NOT NULL,
  right_happened TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  right_content  VARCHAR NOT NULL,
  joined         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (space, seq),
  UNIQUE (left_id, space)
);

CREATE INDEX IF NOT EXISTS aiflow_join_pair_alias ON aiflow_join_pair (alias, space);
CREATE INDEX IF NOT EXISTS aiflow_join_pair_age ON aiflow_join_pair (space, joined);
