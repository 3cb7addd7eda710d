package dev.frazil.storage;

/** What must hold for a put to be stored. */
public sealed interface PutCondition {
  /** No object stands under the key ({@code If-None-Match: *}). */
  record IfAbsent() implements PutCondition {}

  /** The object under the key has exactly this tag ({@code If-Match}). */
  record IfMatch(String entityTag) implements PutCondition {}

  /**
   * No object stands under the key, and the one before it, in the same folder, has exactly this
   * tag: files of a folder only. A folder that is taken away meanwhile, even with another one in
   * its place, refuses the put.
   */
  record IfNext(String previous, String entityTag) implements PutCondition {}

  static PutCondition ifAbsent() {
    return new IfAbsent();
  }

  static PutCondition ifMatch(String entityTag) {
    return new IfMatch(entityTag);
  }

  static PutCondition ifNext(String previous, String entityTag) {
    return new IfNext(previous, entityTag);
  }
}
