-- What the clock could not do and has laid aside until a person has it tried again: events that are marked 2, timers that
-- are dead. They are few, and counted often.
CREATE INDEX event_aside ON event (id) WHERE looked = 2;
CREATE INDEX timer_dead ON timer (id) WHERE state = 'dead';
