package dev.frazil.plan.parser;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement that makes, changes or drops a view, cut into its parts. */
public sealed interface ViewStatement {

  /** The view. */
  TableName name();

  /** A column of CREATE VIEW. */
  record Column(TableName.Part name, @Nullable String comment, int offset) {}

  /**
   * CREATE VIEW.
   *
   * @param columns empty without a list of columns
   * @param query what the view shows, without WITH in front of it
   */
  record Create(
      TableName name,
      boolean orReplace,
      boolean ifNotExists,
      List<Column> columns,
      @Nullable String comment,
      Map<String, String> properties,
      Slice query)
      implements ViewStatement {}

  /** DROP VIEW. */
  record Drop(TableName name, boolean ifExists) implements ViewStatement {}

  /** ALTER VIEW ... RENAME TO; a new name without a schema is in that of the view. */
  record Rename(TableName name, TableName newName) implements ViewStatement {}

  /** ALTER VIEW ... AS. */
  record Redefine(TableName name, Slice query) implements ViewStatement {}

  /** ALTER VIEW ... SET PROPERTIES and UNSET PROPERTIES. */
  record ChangeProperties(TableName name, Map<String, String> set, Set<String> removed)
      implements ViewStatement {}

  /** COMMENT ON VIEW; null takes the comment away. */
  record Comment(TableName name, @Nullable String comment) implements ViewStatement {}
}
