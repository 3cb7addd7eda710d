package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;
import dev.frazil.plan.parser.ParsedStatement.PartitionField;
import dev.frazil.plan.parser.SqlToken.Kind;
import dev.frazil.plan.parser.TableName.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Partition fields and sort orders: columns and their transforms. */
final class TableLayoutParser {
  private final TokenReader reader;
  private final int place;

  TableLayoutParser(TokenReader reader) {
    this(reader, -1);
  }

  /**
   * @param place where all of it stands in the statement, of which it is a text; -1 for where the
   *     tokens say
   */
  private TableLayoutParser(TokenReader reader, int place) {
    this.reader = reader;
    this.place = place;
  }

  /** {@code (field, ...)}. */
  List<PartitionField> partitioning() {
    List<PartitionField> fields = new ArrayList<>();
    reader.expectSymbol("(");
    do {
      fields.add(partitionField());
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    return fields;
  }

  /** {@code field [ASC | DESC] [NULLS FIRST | LAST], ...}, in brackets or not. */
  List<SortItem> sortOrder() {
    List<SortItem> items = new ArrayList<>();
    boolean brackets = reader.acceptSymbol("(");
    do {
      items.add(sortItem());
    } while (reader.acceptSymbol(","));
    if (brackets) {
      reader.expectSymbol(")");
    }
    return items;
  }

  SortItem sortItem() {
    PartitionField field = partitionField();
    boolean descending = reader.accept("desc");
    if (!descending) {
      reader.accept("asc");
    }
    boolean nullsFirst = !descending;
    if (reader.accept("nulls")) {
      nullsFirst = reader.accept("first");
      if (!nullsFirst) {
        reader.expect("last");
      }
    }
    return new SortItem(field, descending, nullsFirst);
  }

  PartitionField partitionField() {
    int start = reader.peek().start();
    int offset = place < 0 ? start : place;
    SqlToken first = reader.simpleName("column or transform");
    if (!reader.peek().isSymbol("(")) {
      return new PartitionField("identity", part(first), -1, offset);
    }
    reader.next();
    String transform = first.value();
    int width = -1;
    Part column;
    switch (transform) {
      case "bucket", "truncate" -> {
        if (reader.peek().kind() == Kind.NUMBER) {
          width = reader.wholeNumber("a width");
          reader.expectSymbol(",");
          column = part(reader.simpleName("column"));
        } else {
          column = part(reader.simpleName("column"));
          reader.expectSymbol(",");
          width = reader.wholeNumber("a width");
        }
        if (width < 1) {
          throw reader.source().syntaxError(start, transform + " needs a width of at least 1");
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
          column = part(reader.simpleName("column"));
      default ->
          throw reader
              .source()
              .syntaxError(
                  start,
                  "there is no partition transform \""
                      + transform
                      + "\": use identity, year, month, day, hour, bucket(n, column) or"
                      + " truncate(n, column)");
    }
    reader.expectSymbol(")");
    return new PartitionField(transform, column, width, offset);
  }

  private static Part part(SqlToken token) {
    return new Part(token.value(), token.kind() == Kind.QUOTED);
  }

  /**
   * {@code ARRAY['...', ...]}, each text parsed on its own, as Trino's table properties have it.
   */
  static <T> List<T> texts(TokenReader reader, Function<TableLayoutParser, T> item) {
    reader.expect("array");
    reader.expectSymbol("[");
    List<T> items = new ArrayList<>();
    if (reader.acceptSymbol("]")) {
      return items;
    }
    do {
      int offset = reader.peek().start();
      String text = reader.string("a text in quotes");
      SqlText source = new SqlText(text);
      List<SqlToken> tokens = SqlTokenizer.tokens(source);
      TokenReader inner = new TokenReader(source, tokens, 0, tokens.size() - 1);
      try {
        items.add(item.apply(new TableLayoutParser(inner, offset)));
        inner.expectEnd();
      } catch (EngineException e) {
        throw reader.source().syntaxError(offset, "in '" + text + "': " + e.getMessage());
      }
    } while (reader.acceptSymbol(","));
    reader.expectSymbol("]");
    return items;
  }
}
