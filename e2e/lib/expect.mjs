// The few assertions that stories need, each with its own sentence.

/** Fails with `sentence` unless `fact` holds. */
export function expect(fact, sentence) {
  if (!fact) throw new Error(sentence);
}

/** Fails unless both are equal. */
export function equal(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
}
