package dev.frazil.jdbc;

import dev.frazil.catalog.SchemaName;
import org.apache.iceberg.catalog.Namespace;

/** Namespaces of several levels are JDBC schemas whose name joins the levels with dots. */
final class SchemaNames {
  private SchemaNames() {}

  static String text(Namespace namespace) {
    return SchemaName.text(namespace);
  }

  static Namespace parse(String text) {
    return SchemaName.parse(text);
  }
}
