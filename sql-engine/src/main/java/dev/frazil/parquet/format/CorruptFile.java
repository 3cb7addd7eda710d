package dev.frazil.parquet.format;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.jspecify.annotations.Nullable;

/** The {@code XX001} of Parquet files. */
public final class CorruptFile {
  private CorruptFile() {}

  /** An exception that names the file. */
  public static EngineException error(String location, String detail, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.DATA_CORRUPTED,
        "Parquet file "
            + location
            + " is corrupt: "
            + detail
            + "; restore the file or read an earlier snapshot that does not refer to it",
        cause);
  }

  public static EngineException error(String location, String detail) {
    return error(location, detail, null);
  }
}
