package dev.frazil.storage;

/** How a conditional put ended. */
public sealed interface PutOutcome {
  /** The store acknowledged: the object is there, durably, under this tag. */
  record Stored(String entityTag) implements PutOutcome {}

  /**
   * 412, or 404 on If-Match: the condition did not hold. <em>Possibly because an earlier attempt of
   * this very put was stored</em>: the caller compares its own id.
   */
  record Refused(String reason) implements PutOutcome {}

  /** 409: another request was under way; this attempt stored nothing. */
  record Conflict(String reason) implements PutOutcome {}

  /** 5xx, time-out, reset: the object may be stored, or may still be. Read back; never delete. */
  record Unknown(Throwable cause) implements PutOutcome {}
}
