package dev.frazil.orc;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.jspecify.annotations.Nullable;

/** The {@code XX001} of ORC files. */
final class CorruptOrc {
  private CorruptOrc() {}

  /** An exception that names the file. */
  static EngineException error(String location, String detail, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.DATA_CORRUPTED,
        "ORC file "
            + location
            + " is corrupt: "
            + detail
            + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")")
            + "; restore the file or read an earlier snapshot that does not refer to it",
        cause);
  }

  static EngineException error(String location, String detail) {
    return error(location, detail, null);
  }
}
