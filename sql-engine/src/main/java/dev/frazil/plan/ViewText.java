package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewRepresentation;

/**
 * The text of a view that Frazil reads: its own, else that of another engine where both mean the
 * same.
 *
 * @param dialect whose SQL it is, as the view says
 * @param sql the query
 */
public record ViewText(String dialect, String sql) {
  /** The dialect of the views that Frazil makes. */
  public static final String DIALECT = "frazil";

  /** In the summary of a version: the names of the columns of the query, a JSON array. */
  public static final String QUERY_COLUMNS = "frazil.query-column-names";

  /** In the properties of views of Spark: the names of the columns of the query. */
  private static final String SPARK_QUERY_COLUMNS = "spark.query-column-names";

  /** Engines whose texts are tried, in this order, before any other. */
  private static final List<String> NEAREST = List.of(DIALECT, "trino", "spark");

  /** The text to read; 0A000 for a view without SQL. */
  static ViewText of(TableIdentifier identifier, ViewMetadata view) {
    List<SQLViewRepresentation> texts = texts(view);
    for (String dialect : NEAREST) {
      for (SQLViewRepresentation text : texts) {
        if (text.dialect().equalsIgnoreCase(dialect)) {
          return new ViewText(dialect, text.sql());
        }
      }
    }
    if (texts.isEmpty()) {
      throw EngineException.unsupported("the view " + identifier + ", which holds no SQL,");
    }
    return new ViewText(texts.get(0).dialect().toLowerCase(Locale.ROOT), texts.get(0).sql());
  }

  /** All texts of the current version. */
  static List<SQLViewRepresentation> texts(ViewMetadata view) {
    return view.currentVersion().representations().stream()
        .filter(SQLViewRepresentation.class::isInstance)
        .map(SQLViewRepresentation.class::cast)
        .toList();
  }

  /** What to show as the definition: the text that is read, or nothing. */
  static String shown(ViewMetadata view) {
    List<ViewRepresentation> all = view.currentVersion().representations();
    return all.isEmpty() ? "" : of(TableIdentifier.of("view"), view).sql();
  }

  /** Whether Frazil wrote it. */
  boolean isOwn() {
    return dialect.equals(DIALECT);
  }

  /** The names of the columns of the query as Spark keeps them; empty where it did not. */
  List<String> sparkColumns(ViewMetadata view) {
    String names = view.properties().get(SPARK_QUERY_COLUMNS);
    return names == null || !dialect.equals("spark") ? List.of() : List.of(names.split(",", -1));
  }

  /** A failure to read the view, with its name: those of others' texts are 0A000. */
  EngineException failure(TableIdentifier identifier, EngineException e) {
    String reason = String.valueOf(e.getMessage());
    if (isOwn()) {
      boolean isNamed = reason.startsWith("the view " + identifier);
      return isNamed || !isOfQuery(e.state())
          ? e
          : new EngineException(
              e.state(), "the view " + identifier + " cannot be read: " + reason, e);
    }
    return isOfQuery(e.state())
        ? new EngineException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "the view "
                + identifier
                + ", written in the dialect "
                + dialect
                + ", is not supported: "
                + reason,
            e)
        : e;
  }

  /** Whether it is about what the query says, not about what happened while it was read. */
  private static boolean isOfQuery(SqlState state) {
    return state.code().startsWith("42")
        || state.code().startsWith("22")
        || state == SqlState.CARDINALITY_VIOLATION
        || state == SqlState.FEATURE_NOT_SUPPORTED
        || state == SqlState.SCHEMA_NOT_FOUND
        || state == SqlState.DATA_CORRUPTED
        || state == SqlState.LIMIT_EXCEEDED;
  }

  /** The dialects of a view, for messages. */
  static String dialects(ViewMetadata view) {
    return texts(view).stream()
        .map(SQLViewRepresentation::dialect)
        .collect(Collectors.joining(", "));
  }
}
