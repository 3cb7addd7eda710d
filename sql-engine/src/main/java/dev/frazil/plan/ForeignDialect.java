package dev.frazil.plan;

import dev.frazil.plan.parser.SparkText;
import java.util.Locale;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of another engine, as far as it means in Frazil what it means there. A view that was
 * written for that engine is read if every construct in it is known to have one meaning in both;
 * anything else is 0A000, for a query that runs and answers something else is worse than none. See
 * {@code docs/adr/views-of-other-engines.md}.
 */
enum ForeignDialect {
  /** Nearest to Frazil's own: {@code /} of integers drops the fraction, nulls come last. */
  TRINO,
  /** Names in backticks; nulls come first unless the order is descending. */
  SPARK;

  /** The dialect of that name, or null for one that is not read. */
  static @Nullable ForeignDialect of(String name) {
    for (ForeignDialect dialect : values()) {
      if (dialect.name().equals(name.toUpperCase(Locale.ROOT))) {
        return dialect;
      }
    }
    return null;
  }

  /** The text in the letters of Frazil's SQL. */
  String text(String sql) {
    return switch (this) {
      case TRINO -> sql;
      case SPARK -> SparkText.convert(sql);
    };
  }

  /** The query, with what it leaves to its engine written out; 0A000 for what is not known. */
  SqlNode explicit(SqlNode query) {
    query.accept(new ForeignSyntax(this));
    return query;
  }
}
