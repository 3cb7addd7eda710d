package dev.frazil.txn;

import dev.frazil.catalog.TablePointer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * What a {@link Transaction} had changed at one of its moments, to go back to. Reads stay recorded
 * after a return: what a client saw, it saw. Belongs to one transaction; immutable.
 */
public final class Savepoint {
  private final Map<TableIdentifier, TableWork> works;
  private final Map<TableWork, TableWork.Mark> marks = new HashMap<>();
  private final Map<TableIdentifier, TablePointer> dropped;
  private final TransactionSchemas.Mark schemas;
  private final TransactionViews.Mark views;
  private final int metadataFiles;

  Savepoint(
      Map<TableIdentifier, TableWork> works,
      Map<TableIdentifier, TablePointer> dropped,
      TransactionSchemas.Mark schemas,
      TransactionViews.Mark views,
      int metadataFiles) {
    this.views = views;
    this.metadataFiles = metadataFiles;
    this.works = new LinkedHashMap<>(works);
    works.values().forEach(work -> marks.put(work, work.mark()));
    this.dropped = new LinkedHashMap<>(dropped);
    this.schemas = schemas;
  }

  /** How many manifests and manifest lists had been written. */
  int metadataFiles() {
    return metadataFiles;
  }

  /** The schemas that had been made and dropped. */
  TransactionSchemas.Mark schemas() {
    return schemas;
  }

  /** The views that had been made and changed. */
  TransactionViews.Mark views() {
    return views;
  }

  /** Makes the collections of the transaction what they were; a savepoint serves many times. */
  void restore(
      Map<TableIdentifier, TableWork> worksNow, Map<TableIdentifier, TablePointer> droppedNow) {
    marks.forEach(TableWork::returnTo);
    worksNow.clear();
    worksNow.putAll(works);
    droppedNow.clear();
    droppedNow.putAll(dropped);
  }
}
