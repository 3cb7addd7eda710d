package dev.frazil.testing;

/** What may go wrong with one conditional put. */
public enum PutFault {
  /** Nothing is sent; the caller is told that the outcome is unknown. */
  LOST_BEFORE_SEND(false),
  /** Nothing is sent; the caller gets an exception (08001). */
  FAILED_BEFORE_SEND(false),
  /** Applied; the answer is lost. */
  APPLIED_THEN_UNKNOWN(true),
  /** Applied; the client's own second attempt was answered 412. */
  APPLIED_THEN_REFUSED(true),
  /** Applied; the client's own second attempt was answered 409. */
  APPLIED_THEN_CONFLICT(true),
  /** Sent twice; the caller gets the second answer. */
  SENT_TWICE(true),
  /** The caller is told that the outcome is unknown; the request arrives some calls later. */
  ARRIVES_LATE(false),
  /**
   * Applied now and sent once more some calls later, by a proxy; the caller gets the first answer.
   */
  REPEATED_LATE(true),
  /** Nothing is applied; 409. */
  CONFLICT(false);

  private final boolean sent;

  PutFault(boolean sent) {
    this.sent = sent;
  }

  /** True if the request reaches the store before the caller hears anything. */
  public boolean sent() {
    return sent;
  }
}
