package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.PartitionField;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the columns of CREATE TABLE: Spark's clauses, and Trino's table properties
 * {@code partitioning}, {@code sorted_by} and {@code location}, which say the same.
 */
final class TableOptionsParser {
  private final TokenReader reader;
  private List<PartitionField> partitioning = List.of();
  private List<SortItem> sortOrder = List.of();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private @Nullable String comment;
  private @Nullable Location location;

  TableOptionsParser(TokenReader reader) {
    this.reader = reader;
  }

  /** Where the files of a table shall be. */
  record Location(String text, int offset) {}

  List<PartitionField> partitioning() {
    return partitioning;
  }

  List<SortItem> sortOrder() {
    return sortOrder;
  }

  Map<String, String> properties() {
    return properties;
  }

  @Nullable String comment() {
    return comment;
  }

  @Nullable Location location() {
    return location;
  }

  /** Reads options for as long as there are any. */
  void read() {
    while (true) {
      SqlToken first = reader.peek();
      if (first.is("using")) {
        reader.next();
        SqlToken format = reader.next();
        if (!format.is("iceberg")) {
          throw reader.source().unsupported(format.start(), "a table format other than ICEBERG");
        }
      } else if (reader.accept("partitioned", "by")) {
        setPartitioning(new TableLayoutParser(reader).partitioning(), first);
      } else if (reader.accept("write", "ordered", "by")) {
        setSortOrder(new TableLayoutParser(reader).sortOrder(), first);
      } else if (reader.accept("location")) {
        setLocation(first);
      } else if (reader.accept("comment")) {
        comment = reader.string("a comment in quotes");
      } else if (reader.accept("tblproperties")
          || (first.is("with") && reader.peek(1).isSymbol("(") && reader.accept("with"))) {
        readProperties();
      } else if (first.is("clustered")
          || first.is("sorted")
          || first.is("stored")
          || first.is("options")
          || first.is("row")) {
        throw reader
            .source()
            .unsupported(
                first.start(), "CREATE TABLE ... " + first.value().toUpperCase(Locale.ROOT));
      } else {
        return;
      }
    }
  }

  private void setPartitioning(List<PartitionField> fields, SqlToken at) {
    requireFirst(partitioning.isEmpty(), at, "partitioning");
    partitioning = fields;
  }

  private void setSortOrder(List<SortItem> items, SqlToken at) {
    requireFirst(sortOrder.isEmpty(), at, "sort order");
    sortOrder = items;
  }

  private void setLocation(SqlToken at) {
    requireFirst(location == null, at, "location");
    int offset = reader.peek().start();
    location = new Location(reader.string("a location in quotes"), offset);
  }

  private void requireFirst(boolean first, SqlToken at, String what) {
    if (!first) {
      throw reader.source().syntaxError(at.start(), "a table has one " + what + " only");
    }
  }

  private void readProperties() {
    reader.expectSymbol("(");
    do {
      SqlToken token = reader.peek();
      String key =
          token.kind() == Kind.STRING
              ? reader.next().value()
              : String.join(".", reader.name("property").texts());
      reader.expectSymbol("=");
      switch (key) {
        case "partitioning" ->
            setPartitioning(
                TableLayoutParser.texts(reader, TableLayoutParser::partitionField), token);
        case "sorted_by" ->
            setSortOrder(TableLayoutParser.texts(reader, TableLayoutParser::sortItem), token);
        case "location" -> setLocation(token);
        default -> property(key, token);
      }
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
  }

  private void property(String key, SqlToken at) {
    SqlToken value = reader.next();
    switch (value.kind()) {
      case STRING, NUMBER, WORD -> {
        if (properties.put(key, value.value()) != null) {
          throw reader.source().syntaxError(at.start(), "the property " + key + " is given twice");
        }
      }
      case QUOTED, PARAMETER, SYMBOL, END ->
          throw reader
              .source()
              .syntaxError(
                  value.start(), "expected the value of " + key + ", found " + value.describe());
    }
  }
}
