package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Turns what the operating system says about a file into an {@link EngineException}. */
final class FileFailures {
  private FileFailures() {}

  /**
   * The exception to throw.
   *
   * @param attempted such as "read" or "write"
   */
  static EngineException of(IOException failure, String attempted, String location) {
    String what = "cannot " + attempted + " '" + location + "': ";
    String text = text(failure);
    if (failure instanceof ClosedByInterruptException) {
      return new EngineException(
          SqlState.QUERY_CANCELED, what + "the thread was interrupted", failure);
    }
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      if (attempted.equals("write")) {
        return new EngineException(
            SqlState.IO_ERROR,
            what + "its folder cannot be made, or was taken away. Name a place that can be written",
            failure);
      }
      return notFound(location, failure);
    }
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return new EngineException(
          SqlState.DISK_FULL,
          what
              + "the disk is full. Free some space, then run the statement again; nothing of it"
              + " has been committed",
          failure);
    }
    if (text.contains("read-only file system")) {
      return new EngineException(
          SqlState.READ_ONLY_TRANSACTION,
          what + "the file system is read-only. Mount it writable, or connect with readOnly=true",
          failure);
    }
    if (failure instanceof AccessDeniedException || text.contains("permission denied")) {
      return new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          what
              + "permission denied. Give the user of this process the right to "
              + attempted
              + " it",
          failure);
    }
    if (failure instanceof NotDirectoryException || text.contains("not a directory")) {
      return new EngineException(
          SqlState.CONNECTION_FAILURE,
          what + "a part of the path is a file, not a folder",
          failure);
    }
    return new EngineException(SqlState.IO_ERROR, what + failure.getMessage(), failure);
  }

  static EngineException notFound(String location, Throwable cause) {
    return new EngineException(
        SqlState.IO_ERROR,
        "the object '"
            + location
            + "' was not found. Restore it from a backup or from an earlier version of it",
        cause);
  }

  static EngineException tooShort(String location, long wantedEnd, long lengthBytes) {
    return new EngineException(
        SqlState.DATA_CORRUPTED,
        "the object '"
            + location
            + "' ends at byte "
            + lengthBytes
            + ", but byte "
            + wantedEnd
            + " is needed: it was cut off or replaced. Restore it from a backup or from an earlier"
            + " version of it");
  }

  static EngineException tooLarge(String location, long lengthBytes, long maxBytes) {
    return new EngineException(
        SqlState.LIMIT_EXCEEDED,
        "the object '"
            + location
            + "' has "
            + lengthBytes
            + " bytes; at most "
            + maxBytes
            + " are read at once");
  }

  private static String text(IOException failure) {
    String reason =
        failure instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : String.valueOf(failure.getMessage());
    return reason.toLowerCase(Locale.ROOT);
  }
}
