package dev.frazil.catalog;

import dev.frazil.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code version-hint.text} beside the metadata of a table, so that DuckDB, PyIceberg and
 * Polars can read the table by its path. The hint holds the metadata file's name without {@code
 * .metadata.json}. It follows the commit, may be late, and is read by nobody here; a foreign
 * <em>writer</em> that follows it would fork the table.
 */
final class VersionHints {
  private static final Logger LOG = LoggerFactory.getLogger(VersionHints.class);
  private static final String SUFFIX = ".metadata.json";

  private VersionHints() {}

  /** Best effort: the commit stands whether or not its hints do. */
  static void publish(ObjectStore store, Collection<TableMetadata> committed) {
    for (TableMetadata metadata : committed) {
      String location = metadata.metadataFileLocation();
      if (!location.endsWith(SUFFIX)) {
        continue;
      }
      int nameStart = location.lastIndexOf('/') + 1;
      String hint = location.substring(nameStart, location.length() - SUFFIX.length());
      try {
        store.put(
            location.substring(0, nameStart) + "version-hint.text",
            hint.getBytes(StandardCharsets.UTF_8));
      } catch (RuntimeException e) {
        LOG.warn("The version hint of {} is not up to date; the commit stands", location, e);
      }
    }
  }
}
