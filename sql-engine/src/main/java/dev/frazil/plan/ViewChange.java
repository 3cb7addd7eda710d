package dev.frazil.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** What a statement does to a view. */
public sealed interface ViewChange {

  /** The view. */
  TableIdentifier identifier();

  /**
   * What a view shows.
   *
   * @param schema its columns with their comments, ids from 1; all of them optional, for nothing
   *     keeps the tables below from allowing nulls
   * @param sql the query as it was written
   * @param defaultNamespace where the unqualified names of the query live
   * @param queryColumns the columns of the query, in the order of those of the schema
   */
  record Definition(
      Schema schema, String sql, Namespace defaultNamespace, List<String> queryColumns) {
    public Definition {
      queryColumns = List.copyOf(queryColumns);
    }
  }

  /** CREATE VIEW. */
  record Create(
      TableIdentifier identifier,
      boolean orReplace,
      boolean ifNotExists,
      Definition definition,
      Map<String, String> properties)
      implements ViewChange {
    public Create {
      properties = Map.copyOf(properties);
    }
  }

  /** DROP VIEW. */
  record Drop(TableIdentifier identifier, boolean ifExists) implements ViewChange {}

  /** ALTER VIEW ... RENAME TO. */
  record Rename(TableIdentifier identifier, TableIdentifier newName) implements ViewChange {}

  /** ALTER VIEW ... AS. */
  record Redefine(TableIdentifier identifier, Definition definition) implements ViewChange {}

  /** ALTER VIEW ... SET and UNSET PROPERTIES, COMMENT ON VIEW. */
  record ChangeProperties(TableIdentifier identifier, Map<String, String> set, Set<String> removed)
      implements ViewChange {
    public ChangeProperties {
      set = Map.copyOf(set);
      removed = Set.copyOf(removed);
    }
  }

  /** COMMENT ON COLUMN of a view, by the column's name; null takes the comment away. */
  record CommentOnColumn(TableIdentifier identifier, String column, @Nullable String comment)
      implements ViewChange {}

  /** The property of a view that its comment is. */
  String COMMENT = "comment";

  /** The comment in a map of properties, if there is one. */
  static @Nullable String comment(Map<String, String> properties) {
    return properties.get(COMMENT);
  }
}
