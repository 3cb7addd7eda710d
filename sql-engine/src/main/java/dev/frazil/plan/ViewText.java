package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;

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

  /** The texts, the nearest dialect first; 0A000 for a view without SQL. */
  static List<ViewText> of(TableIdentifier identifier, ViewMetadata view) {
    List<ViewText> texts = new ArrayList<>();
    for (SQLViewRepresentation text : texts(view)) {
      texts.add(new ViewText(text.dialect().toLowerCase(Locale.ROOT), text.sql()));
    }
    if (texts.isEmpty()) {
      throw EngineException.unsupported("the view " + identifier + ", which holds no SQL,");
    }
    texts.sort(Comparator.comparing(ViewText::distance));
    return texts;
  }

  private int distance() {
    int place = NEAREST.indexOf(dialect);
    return place < 0 ? NEAREST.size() : place;
  }

  /** All texts of the current version. */
  static List<SQLViewRepresentation> texts(ViewMetadata view) {
    return view.currentVersion().representations().stream()
        .filter(SQLViewRepresentation.class::isInstance)
        .map(SQLViewRepresentation.class::cast)
        .toList();
  }

  /** What to show as the definition: the nearest text, or nothing. */
  static String shown(ViewMetadata view) {
    return texts(view).isEmpty() ? "" : of(TableIdentifier.of("view"), view).get(0).sql();
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
    if (isOwn() || !isOfDialect(e.state())) {
      boolean isNamed = reason.startsWith("the view " + identifier);
      return isNamed || !isOfQuery(e.state())
          ? e
          : new EngineException(
              e.state(), "the view " + identifier + " cannot be read: " + reason, e);
    }
    return new EngineException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "the view "
            + identifier
            + ", written in the dialect "
            + dialect
            + ", is not supported: "
            + reason,
        e);
  }

  /** Whether it may be there because the text was written for another engine. */
  private static boolean isOfDialect(SqlState state) {
    return switch (state) {
      case UNDEFINED_TABLE,
          SCHEMA_NOT_FOUND,
          INVALID_OBJECT_DEFINITION,
          DATA_CORRUPTED,
          LIMIT_EXCEEDED ->
          false;
      default -> isOfQuery(state);
    };
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
}
