package dev.frazil.storage;

/** What must hold for a put to be stored. */
public sealed interface PutCondition {
  /** No object stands under the key ({@code If-None-Match: *}). */
  record IfAbsent() implements PutCondition {}

  /** The object under the key has exactly this tag ({@code If-Match}). */
  record IfMatch(String entityTag) implements PutCondition {}

  static PutCondition ifAbsent() {
    return new IfAbsent();
  }

  static PutCondition ifMatch(String entityTag) {
    return new IfMatch(entityTag);
  }
}
