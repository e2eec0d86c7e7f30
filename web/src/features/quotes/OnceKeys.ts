import { randomKey } from "../../api/ids";

/**
 * Keys of requests that must be carried out once: the same request under the same key, until its answer is there.
 * A press after a lost answer is then the same press.
 */
export class OnceKeys {
  private readonly unanswered = new Map<string, string>();

  /** Sends what `request` names, under its key; `passing` says of a failure that nobody knows whether it arrived. */
  async send<T>(
    request: string,
    act: (headers: { "Idempotency-Key": string }) => Promise<T>,
    passing: (error: unknown) => boolean,
  ): Promise<T> {
    const key = this.unanswered.get(request) ?? randomKey();
    this.unanswered.set(request, key);
    try {
      const answer = await act({ "Idempotency-Key": key });
      this.unanswered.delete(request);
      return answer;
    } catch (error) {
      if (!passing(error)) this.unanswered.delete(request);
      throw error;
    }
  }
}
