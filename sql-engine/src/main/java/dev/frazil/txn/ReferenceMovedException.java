package dev.frazil.txn;

import org.apache.iceberg.exceptions.ValidationException;

/**
 * A branch or tag that a transaction takes commits out of was moved by another one: what that one
 * committed must not go unseen, so the statement is not run again by itself.
 */
public final class ReferenceMovedException extends ValidationException {
  private static final long serialVersionUID = 1L;

  ReferenceMovedException(String message) {
    super("%s", message);
  }
}
