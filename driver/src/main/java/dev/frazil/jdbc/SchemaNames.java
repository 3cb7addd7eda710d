package dev.frazil.jdbc;

import org.apache.iceberg.catalog.Namespace;

/** Namespaces of several levels are JDBC schemas whose name joins the levels with dots. */
final class SchemaNames {
  private SchemaNames() {}

  static String text(Namespace namespace) {
    return String.join(".", namespace.levels());
  }

  static Namespace parse(String text) {
    return Namespace.of(text.split("\\.", -1));
  }
}
