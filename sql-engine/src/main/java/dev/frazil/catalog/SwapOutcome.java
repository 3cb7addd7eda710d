package dev.frazil.catalog;

/** What one attempt to change pointers came to. */
public sealed interface SwapOutcome {

  /** All changes were made, and the server said so. */
  record Landed() implements SwapOutcome {}

  /**
   * The server refused a condition: this attempt changed nothing. An earlier one of the same
   * changes may be what moved the pointer.
   *
   * @param reason what the server said, for messages
   */
  record Refused(String reason) implements SwapOutcome {}

  /**
   * The server refused for the moment (a deadlock, throttling, too many connections), or was not
   * reached before the deed was sent: nothing has changed and nothing will by this attempt. It may
   * be tried again.
   */
  record Busy(RuntimeException cause) implements SwapOutcome {}

  /**
   * Time-out, reset, 5xx: the changes may have been made, or may still be. Nothing is deleted, and
   * the same changes may be tried again.
   */
  record Unsettled(RuntimeException cause) implements SwapOutcome {}
}
