package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.Assignment;
import java.util.ArrayList;
import java.util.List;

/** The SET of UPDATE and of MERGE. */
final class AssignmentParser {
  private final TokenReader reader;

  AssignmentParser(TokenReader reader) {
    this.reader = reader;
  }

  /** Reads {@code a = 1, b.field = DEFAULT, (c, d) = (2, 3), (e, f) = (SELECT ...)}. */
  List<Assignment> assignments(int end) {
    List<Assignment> assignments = new ArrayList<>();
    do {
      List<TableName> targets = targets();
      reader.expectSymbol("=");
      int next = Math.min(reader.find(","), end);
      Slice value = new Slice(reader.index(), next);
      if (value.size() == 0) {
        throw reader.expected("a value");
      }
      if (targets.size() == 1) {
        assignments.add(new Assignment(targets.get(0), value));
      } else {
        addAll(assignments, targets, value);
      }
      reader.moveTo(next);
    } while (reader.index() < end && reader.acceptSymbol(","));
    return assignments;
  }

  private List<TableName> targets() {
    if (reader.peek().isSymbol("*")) {
      throw reader.source().unsupported(reader.peek().start(), "SET * here");
    }
    if (!reader.acceptSymbol("(")) {
      return List.of(reader.name("column"));
    }
    List<TableName> targets = new ArrayList<>();
    do {
      targets.add(reader.name("column"));
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    return targets;
  }

  private void addAll(List<Assignment> assignments, List<TableName> targets, Slice value) {
    int width = targets.size();
    int first = reader.peek().is("row") ? 1 : 0;
    if (!reader.peek(first).isSymbol("(")) {
      throw reader.expected("a row of values or a query in brackets");
    }
    SqlToken inside = reader.peek(first + 1);
    boolean isQuery =
        first == 0
            && (inside.is("select")
                || inside.is("with")
                || inside.is("values")
                || inside.is("table"));
    if (isQuery) {
      for (int i = 0; i < width; i++) {
        assignments.add(new Assignment(targets.get(i), value, i, width));
      }
      return;
    }
    int offset = reader.peek().start();
    reader.moveTo(reader.index() + first + 1);
    List<Slice> values = reader.valuesInBrackets();
    if (reader.index() != value.to()) {
      throw reader.expected("the end of the row of values");
    }
    if (values.size() != width) {
      throw reader
          .source()
          .syntaxError(offset, width + " columns are set, but to " + values.size() + " values");
    }
    for (int i = 0; i < width; i++) {
      assignments.add(new Assignment(targets.get(i), values.get(i)));
    }
  }
}
