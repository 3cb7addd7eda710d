package dev.frazil.avro;

/**
 * Bytes that are no Avro of their schema. Carries no place: the reader that catches it adds the
 * file, and throws {@code XX001}.
 */
final class MalformedAvroException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedAvroException(String message) {
    super(message);
  }

  MalformedAvroException(String message, Throwable cause) {
    super(message, cause);
  }
}
