-- Dead letters that ended and were deleted: one of these that comes again, as when its topic is read anew, is not a new one.
CREATE TABLE IF NOT EXISTS aiflow_dead_letter_pruned (
  id     VARCHAR(255) NOT NULL,
  space  VARCHAR(255) NOT NULL,
  pruned TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (id, space)
);

CREATE INDEX IF NOT EXISTS aiflow_dead_letter_pruned_age ON aiflow_dead_letter_pruned (space, pruned);
