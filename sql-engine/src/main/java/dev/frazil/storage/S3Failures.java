package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns what S3, or the way to it, says into an {@link EngineException} or a decision to retry. */
final class S3Failures {
  private S3Failures() {}

  /** A bucket has no folders, so that nothing there comes behind another object. */
  static void requireKnown(PutCondition condition) {
    if (condition instanceof PutCondition.IfNext) {
      throw EngineException.unsupported("a put behind another object of a bucket");
    }
  }

  /** The error code of the answer, such as {@code NoSuchBucket}; empty if there is none. */
  static String code(S3Exception e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? ""
        : e.awsErrorDetails().errorCode();
  }

  /** The answer of a region that does not hold the bucket; the request was not applied. */
  static boolean isWrongRegion(S3Exception e) {
    int status = e.statusCode();
    return status == 301
        || status == 307
        || (status == 400
            && (code(e).equals("AuthorizationHeaderMalformed")
                || code(e).equals("IllegalLocationConstraintException")
                || (code(e).isEmpty() && S3Connection.regionNamedBy(e).isPresent())));
  }

  static boolean isNoSuchBucket(S3Exception e) {
    return code(e).equals("NoSuchBucket");
  }

  /** True if the same request may succeed a little later. */
  static boolean isTransient(Exception e) {
    if (e instanceof S3Exception s3) {
      int status = s3.statusCode();
      return status == 429
          || (status >= 500 && status != 501 && status != 507)
          || (status == 409 && code(s3).equals("OperationAborted"))
          || (status == 400 && code(s3).equals("RequestTimeout"));
    }
    return !(e instanceof AbortedException) && ioCause(e) != null;
  }

  /** What an answer other than 200 says about a conditional put. */
  static PutOutcome outcome(
      S3Exception e, String location, PutCondition condition, S3Connection connection) {
    String answer = e.statusCode() + " " + code(e);
    int status = e.statusCode();
    if (status == 412) {
      return new PutOutcome.Refused(answer);
    }
    if (status == 404 && condition instanceof PutCondition.IfMatch && !isNoSuchBucket(e)) {
      return new PutOutcome.Refused(answer + ": no object stands under '" + location + "'");
    }
    if (status == 409) {
      return new PutOutcome.Conflict(answer);
    }
    boolean nothingApplied = status >= 300 && status < 500 && status != 408 && !isTransient(e);
    if (nothingApplied || status == 501 || status == 507) {
      throw of(e, "write", location, connection);
    }
    return new PutOutcome.Unknown(e);
  }

  /**
   * The exception to throw.
   *
   * @param attempted such as "read" or "write"
   */
  static EngineException of(
      Exception failure, String attempted, String location, S3Connection connection) {
    String what = "cannot " + attempted + " '" + location + "': ";
    if (failure instanceof EngineException engine) {
      return engine;
    }
    if (failure instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      return new EngineException(
          SqlState.QUERY_CANCELED, what + "the thread was interrupted", failure);
    }
    if (failure instanceof S3Exception s3) {
      return ofAnswer(s3, attempted, what, connection);
    }
    IOException io = ioCause(failure);
    return io != null
        ? ofConnection(io, failure, what, connection)
        : ofClient(failure, what, connection);
  }

  private static EngineException ofAnswer(
      S3Exception e, String attempted, String what, S3Connection connection) {
    String bucket = connection.bucket();
    if (isNoSuchBucket(e)) {
      return failure(
          SqlState.CONNECTION_FAILURE,
          what
              + "there is no bucket '"
              + bucket
              + "' at "
              + connection.target()
              + ". Correct the URL, or create the bucket first",
          e);
    }
    if (isWrongRegion(e)) {
      String actual = S3Connection.regionNamedBy(e).map(r -> "'" + r + "'").orElse("another one");
      return failure(
          SqlState.CONNECTION_FAILURE,
          what
              + "the bucket '"
              + bucket
              + "' is not in region '"
              + connection.region()
              + "' but in "
              + actual
              + ". Set the property 'region' to it, or leave it out to have it detected",
          e);
    }
    int status = e.statusCode();
    if (status == 401 || status == 403) {
      return failure(SqlState.INVALID_AUTHORIZATION, what + denied(e, attempted, bucket), e);
    }
    if (status == 404) {
      return new EngineException(SqlState.IO_ERROR, what + "the object was not found", e);
    }
    if (status == 405) {
      return failure(
          SqlState.READ_ONLY_TRANSACTION,
          what
              + "the store does not allow it (405 "
              + code(e)
              + "). Connect with readOnly=true, or use a bucket that may be written",
          e);
    }
    if (status == 501) {
      return failure(
          SqlState.CONNECTION_REJECTED,
          what + "the store does not implement a request that Frazil needs (501 " + code(e) + ")",
          e);
    }
    if (status == 507 || code(e).contains("StorageFull") || code(e).contains("QuotaExceeded")) {
      return failure(
          SqlState.DISK_FULL,
          what
              + "the store is full. Free some space or raise its quota, then run the statement"
              + " again",
          e);
    }
    String answered = what + "the store answered " + status + " " + code(e);
    return isTransient(e)
        ? EngineException.passing(
            SqlState.IO_ERROR, answered + ". It may pass: run the statement again", e)
        : failure(SqlState.IO_ERROR, answered, e);
  }

  private static String denied(S3Exception e, String attempted, String bucket) {
    return switch (code(e)) {
      case "InvalidAccessKeyId" ->
          "the access key is not known to the store. Check accessKeyId, and the endpoint";
      case "SignatureDoesNotMatch" ->
          "the secret key does not fit the access key. Check secretAccessKey";
      case "ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired" ->
          "the session token has expired or is not valid. Get new credentials";
      case "RequestTimeTooSkewed" ->
          "the clock of this machine is wrong by more than the store allows. Set the clock";
      default ->
          "access denied. The credentials need "
              + permissions(attempted)
              + " on the bucket '"
              + bucket
              + "'"
              + (attempted.equals("read")
                  ? " (without s3:ListBucket a missing object looks like this, too)"
                  : "");
    };
  }

  private static String permissions(String attempted) {
    return switch (attempted) {
      case "read" -> "s3:GetObject and s3:ListBucket";
      case "list" -> "s3:ListBucket";
      case "delete" -> "s3:DeleteObject";
      default -> "s3:PutObject and s3:AbortMultipartUpload";
    };
  }

  private static EngineException ofConnection(
      IOException io, Exception failure, String what, S3Connection connection) {
    String target = connection.target();
    if (io instanceof UnknownHostException) {
      return failure(
          SqlState.CONNECTION_FAILURE,
          what
              + "the host of "
              + target
              + " is not known. Check the endpoint and region"
              + " (and set pathStyleAccess=true for a store without bucket host names)",
          failure);
    }
    if (io instanceof ConnectException || io instanceof NoRouteToHostException) {
      return EngineException.passing(
          SqlState.CONNECTION_FAILURE,
          what
              + target
              + " cannot be reached ("
              + io.getMessage()
              + "). Check the endpoint, that the store runs, and the way to it",
          failure);
    }
    if (io instanceof SocketTimeoutException) {
      return EngineException.passing(
          SqlState.CONNECTION_FAILURE,
          what
              + target
              + " did not answer within "
              + connection.timeout().toMillis()
              + " ms. Check the way to it, or raise requestTimeoutMillis",
          failure);
    }
    if (io instanceof SSLException) {
      return failure(
          SqlState.CONNECTION_FAILURE,
          what
              + "no secure connection to "
              + target
              + " ("
              + io.getMessage()
              + "). Check whether the endpoint is https, and its certificate",
          failure);
    }
    return EngineException.passing(
        SqlState.CONNECTION_FAILURE,
        what
            + "the connection to "
            + target
            + " broke ("
            + io.getMessage()
            + "). It may pass: run the statement again",
        failure);
  }

  private static EngineException ofClient(Exception failure, String what, S3Connection connection) {
    String message = String.valueOf(failure.getMessage());
    if (message.toLowerCase(Locale.ROOT).contains("credentials")) {
      return failure(
          SqlState.INVALID_AUTHORIZATION,
          what
              + "no credentials were found. Give accessKeyId and secretAccessKey as connection"
              + " properties, or set up the default chain of AWS (environment variables, profile,"
              + " role)",
          failure);
    }
    return failure(
        SqlState.IO_ERROR, what + "the request to " + connection.target() + " failed", failure);
  }

  /** The I/O error underneath, null if the request failed for another reason. */
  private static @Nullable IOException ioCause(Exception failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof IOException io) {
        return io;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static EngineException failure(SqlState state, String message, Throwable cause) {
    return new EngineException(state, message, cause);
  }
}
