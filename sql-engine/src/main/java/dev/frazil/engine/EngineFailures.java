package dev.frazil.engine;

import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidAvroMagicException;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/** Every failure below the engine as an {@link EngineException}, once. */
final class EngineFailures {
  /** Iceberg's package of readers, wherever the jar has moved it to. */
  private static final String AVRO_READERS = Avro.class.getPackageName() + ".";

  /** {@code ManifestReader}, {@code ManifestLists} and their like. */
  private static final String MANIFEST_READERS = ManifestFile.class.getPackageName() + ".Manifest";

  /** Finds out that delete files and data files do not fit together. */
  private static final String DELETE_INDEX =
      ManifestFile.class.getPackageName() + ".DeleteFileIndex";

  private EngineFailures() {}

  /** The failure in our own vocabulary; the original is its cause. */
  static EngineException translate(Throwable failure) {
    if (failure instanceof EngineException engine) {
      return engine;
    }
    EngineException inner = innerEngineException(failure);
    if (failure instanceof CommitStateUnknownException unknown) {
      return new CommitOutcomeUnknownException(
          "",
          null,
          "a commit was sent, and whether it was applied is not known; look at the tables before"
              + " you run it again: "
              + unknown.getMessage(),
          unknown);
    }
    if (inner != null) {
      return inner;
    }
    if (contentIsBroken(failure)) {
      return new EngineException(
          SqlState.DATA_CORRUPTED,
          "a metadata file of a table cannot be read, its content is not what its format asks for;"
              + " restore it from a backup or read an older snapshot: "
              + message(failure),
          failure);
    }
    if (isOfLaterVersion(failure)) {
      return EngineException.unsupported(
          "a column of this type in a table of this format version: "
              + message(failure).replaceAll("\\s+", " "));
    }
    SqlState state = state(failure);
    return state == SqlState.INTERNAL_ERROR
        ? EngineException.internal("the statement", failure)
        : new EngineException(state, message(failure), failure);
  }

  /** Whether Iceberg refuses a schema for what only later format versions have. */
  private static boolean isOfLaterVersion(Throwable failure) {
    return failure instanceof IllegalStateException
        && message(failure).startsWith("Invalid schema for v");
  }

  /** Whether Avro or the end of a file stopped a reader, rather than the store. */
  private static boolean contentIsBroken(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof AvroRuntimeException
          || cause instanceof InvalidAvroMagicException
          || cause instanceof EOFException
          || (state(cause) == SqlState.INTERNAL_ERROR
              && isFrom(cause, AVRO_READERS, MANIFEST_READERS))
          || (cause instanceof ValidationException && isFrom(cause, DELETE_INDEX))) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Iceberg's readers of manifests check nothing: what is missing or odd stops them anywhere. */
  private static boolean isFrom(Throwable failure, String... classes) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      for (String name : classes) {
        if (frame.getClassName().startsWith(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable EngineException innerEngineException(Throwable failure) {
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof EngineException engine) {
        return engine;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static SqlState state(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return SqlState.OUT_OF_MEMORY;
    } else if (failure instanceof StackOverflowError) {
      return SqlState.LIMIT_EXCEEDED;
    } else if (failure instanceof NoSuchTableException) {
      return SqlState.UNDEFINED_TABLE;
    } else if (failure instanceof NoSuchNamespaceException) {
      return SqlState.SCHEMA_NOT_FOUND;
    } else if (failure instanceof NamespaceNotEmptyException) {
      return SqlState.DEPENDENT_OBJECTS_EXIST;
    } else if (failure instanceof AlreadyExistsException) {
      return SqlState.DUPLICATE_TABLE;
    } else if (failure instanceof CommitFailedException) {
      return SqlState.SERIALIZATION_FAILURE;
    } else if (failure instanceof NotAuthorizedException || failure instanceof ForbiddenException) {
      return SqlState.INVALID_AUTHORIZATION;
    } else if (failure instanceof NotFoundException
        || failure instanceof RuntimeIOException
        || failure instanceof UncheckedIOException
        || failure instanceof IOException) {
      return SqlState.IO_ERROR;
    } else if (failure instanceof ServiceFailureException) {
      return SqlState.CONNECTION_FAILURE;
    } else if (failure instanceof BadRequestException || failure instanceof ValidationException) {
      return SqlState.INVALID_STATEMENT;
    }
    return SqlState.INTERNAL_ERROR;
  }

  private static String message(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "the heap of the JVM is used up; raise -Xmx, or lower memoryLimit so that statements"
          + " spill earlier";
    }
    if (failure instanceof StackOverflowError) {
      return "the statement is nested too deeply; break it up";
    }
    String text = failure.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text;
  }
}
