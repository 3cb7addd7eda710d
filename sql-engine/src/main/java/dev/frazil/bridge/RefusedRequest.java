package dev.frazil.bridge;

/** A request that is refused before anything was done, with a status of HTTP's own. */
final class RefusedRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  RefusedRequest(int status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  /** What does not fit, in the words of Iceberg's own check. */
  static RefusedRequest unfit(RuntimeException failure) {
    String message = failure.getMessage();
    return new RefusedRequest(
        400,
        failure instanceof IllegalArgumentException
            ? "IllegalArgumentException"
            : "BadRequestException",
        message == null ? "the request does not fit" : message.lines().findFirst().orElse(""));
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }
}
