package dev.frazil.storage;

/** How a whole-object read ended. */
public sealed interface FetchOutcome {
  /**
   * The object.
   *
   * @param body its bytes; the caller owns the array
   * @param entityTag the tag for {@link PutCondition.IfMatch}
   */
  record Fetched(byte[] body, String entityTag) implements FetchOutcome {}

  /** The object still has the tag that the caller knows. */
  record NotModified() implements FetchOutcome {}

  /** No object stands under the key. */
  record Missing() implements FetchOutcome {}
}
