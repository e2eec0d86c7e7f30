-- Timers that came due while their rule is paused: 1. They are marked so that a look at what is due does not pass over all of
-- them each time; who looks marks them, and takes the mark away when the rule goes on.
ALTER TABLE timer ADD COLUMN held BIGINT NOT NULL DEFAULT 0;
DROP INDEX timer_due;
CREATE INDEX timer_due ON timer (due_at, id) WHERE state = 'armed' AND held = 0;
CREATE INDEX timer_held ON timer (rule_key, due_at, id) WHERE state = 'armed' AND held = 1;
