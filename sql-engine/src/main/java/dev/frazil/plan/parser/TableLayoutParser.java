package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;
import dev.frazil.plan.parser.ParsedStatement.PartitionField;
import dev.frazil.plan.parser.TableAlteration.OrderField;
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
    OrderField item = orderField();
    return new SortItem(column(item.field()), item.descending(), item.nullsFirst());
  }

  /** {@code field [ASC | DESC] [NULLS FIRST | LAST]}; nulls are least where that is not said. */
  OrderField orderField() {
    PartitionTransform field = transform();
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
    return new OrderField(field, descending, nullsFirst);
  }

  PartitionField partitionField() {
    return column(transform());
  }

  private PartitionField column(PartitionTransform field) {
    if (field.column().parts().size() > 1) {
      throw reader
          .source()
          .unsupported(field.column().offset(), "partitioning or sorting by a field of a row");
    }
    return new PartitionField(
        field.transform(), field.column().last(), field.width(), field.offset());
  }

  PartitionTransform transform() {
    PartitionTransform field = PartitionTransform.read(reader);
    return place < 0
        ? field
        : new PartitionTransform(field.transform(), field.column(), field.width(), place);
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
