package dev.frazil.bridge;

import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import java.util.Map;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NoSuchWarehouseException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures as the protocol tells them. What is certain to have changed nothing is a 4xx or 503; the
 * outcome of a commit that nobody knows is a 500. Never a stack trace; of what was not foreseen
 * only a number, under which the log has the rest.
 */
final class ErrorAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  private static final int INTERNAL_ERROR = 500;

  private static final Map<Class<? extends RuntimeException>, Integer> CODES =
      Map.ofEntries(
          Map.entry(BadRequestException.class, 400),
          Map.entry(ValidationException.class, 400),
          Map.entry(NotAuthorizedException.class, 401),
          Map.entry(ForbiddenException.class, 403),
          Map.entry(NoSuchNamespaceException.class, 404),
          Map.entry(NoSuchTableException.class, 404),
          Map.entry(NoSuchViewException.class, 404),
          Map.entry(NoSuchWarehouseException.class, 404),
          Map.entry(NotFoundException.class, 404),
          Map.entry(AlreadyExistsException.class, 409),
          Map.entry(CommitFailedException.class, 409),
          Map.entry(NamespaceNotEmptyException.class, 409),
          Map.entry(UnprocessableEntityException.class, 422),
          Map.entry(ServiceUnavailableException.class, 503));

  private ErrorAnswers() {}

  /**
   * @param requestId under which the log has what the client is not told
   */
  static RestAnswer of(Throwable failure, String requestId) {
    if (failure instanceof RefusedRequest refused) {
      return answer(refused.status(), refused.type(), refused.getMessage());
    }
    if (failure instanceof CommitStateUnknownException
        || failure instanceof CommitOutcomeUnknownException) {
      LOG.warn("the outcome of a commit is unknown (request {})", requestId, failure);
      return answer(
          INTERNAL_ERROR,
          "CommitStateUnknownException",
          "The outcome of the commit is unknown; nothing was deleted (request " + requestId + ")");
    }
    if (failure instanceof EngineException e) {
      return ofEngine(e, requestId);
    }
    Integer code = CODES.get(failure.getClass());
    if (code != null) {
      return answer(code, failure.getClass().getSimpleName(), failure.getMessage());
    }
    return internal(failure, requestId);
  }

  private static RestAnswer ofEngine(EngineException e, String requestId) {
    if (e.getCause() instanceof NotFoundException) {
      return answer(404, "NotFoundException", e.getMessage());
    }
    return switch (e.state()) {
      case FEATURE_NOT_SUPPORTED -> answer(406, "UnsupportedOperationException", e.getMessage());
      case READ_ONLY_TRANSACTION, LOCATION_REFUSED ->
          answer(403, "ForbiddenException", e.getMessage());
      case INVALID_PARAMETER_VALUE, OBJECT_NOT_IN_STATE, LIMIT_EXCEEDED ->
          answer(400, "BadRequestException", e.getMessage());
      case SERIALIZATION_FAILURE -> answer(409, "CommitFailedException", e.getMessage());
      case CONNECTION_FAILURE, CONNECTION_REJECTED, IO_ERROR, QUERY_CANCELED -> {
        LOG.warn("the store failed (request {})", requestId, e);
        yield answer(503, "ServiceUnavailableException", e.getMessage());
      }
      default -> internal(e, requestId);
    };
  }

  private static RestAnswer internal(Throwable failure, String requestId) {
    LOG.error("request {} failed", requestId, failure);
    return answer(
        INTERNAL_ERROR,
        "InternalServerError",
        "The request failed by an error of the server, whose log tells more (request "
            + requestId
            + ")");
  }

  static RestAnswer answer(int code, String type, @Nullable String message) {
    return new RestAnswer(
        code,
        ErrorResponse.builder()
            .responseCode(code)
            .withType(type)
            .withMessage(message == null ? "" : message)
            .build(),
        null);
  }
}
