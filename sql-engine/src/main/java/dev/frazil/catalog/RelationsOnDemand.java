package dev.frazil.catalog;

import java.util.Collection;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** The tables and views of a catalog that tells of one at a time. */
public abstract class RelationsOnDemand extends MapOnDemand<TableIdentifier, TablePointer> {
  /** The names of all tables, or of all views. */
  public abstract Collection<TableIdentifier> names(TablePointer.Kind kind);

  @Override
  protected @Nullable TableIdentifier key(Object object) {
    return object instanceof TableIdentifier identifier ? identifier : null;
  }
}
