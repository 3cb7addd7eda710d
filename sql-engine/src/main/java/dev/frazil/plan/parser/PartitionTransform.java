package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;

/**
 * A field of a partitioning or a sort order as it is written: a column, or a transform of one in
 * the spelling of Spark or Trino.
 *
 * @param transform {@code identity}, {@code bucket}, {@code truncate}, {@code year}, ...
 * @param column the column, or a field of a row
 * @param width of bucket and truncate, else -1
 */
public record PartitionTransform(String transform, TableName column, int width, int offset) {

  static PartitionTransform read(TokenReader reader) {
    int offset = reader.peek().start();
    TableName first = reader.qualifiedName("column or transform");
    if (first.parts().size() > 1 || !reader.peek().isSymbol("(")) {
      return new PartitionTransform("identity", first, -1, offset);
    }
    reader.next();
    String transform = first.last().text();
    int width = -1;
    TableName column;
    switch (transform) {
      case "bucket", "truncate" -> {
        if (reader.peek().kind() == Kind.NUMBER) {
          width = reader.wholeNumber("a width");
          reader.expectSymbol(",");
          column = reader.qualifiedName("column");
        } else {
          column = reader.qualifiedName("column");
          reader.expectSymbol(",");
          width = reader.wholeNumber("a width");
        }
        if (width < 1) {
          throw reader.source().syntaxError(offset, transform + " needs a width of at least 1");
        }
      }
      case "identity",
          "year",
          "years",
          "month",
          "months",
          "day",
          "days",
          "date",
          "hour",
          "hours",
          "void" ->
          column = reader.qualifiedName("column");
      default ->
          throw reader
              .source()
              .syntaxError(
                  offset,
                  "there is no partition transform \""
                      + transform
                      + "\": use identity, year, month, day, hour, bucket(n, column) or"
                      + " truncate(n, column)");
    }
    reader.expectSymbol(")");
    return new PartitionTransform(transform, column, width, offset);
  }
}
