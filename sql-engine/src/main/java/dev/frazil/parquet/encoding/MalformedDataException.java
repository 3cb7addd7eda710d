package dev.frazil.parquet.encoding;

/**
 * Bytes that contradict their encoding. Carries no place: the page reader that catches it adds
 * file, column and page, and throws {@code XX001}.
 */
public final class MalformedDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedDataException(String message) {
    super(message);
  }

  public MalformedDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
