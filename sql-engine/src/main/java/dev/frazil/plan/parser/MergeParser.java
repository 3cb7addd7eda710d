package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.MergeClause;
import dev.frazil.plan.parser.TableName.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MERGE. */
final class MergeParser {
  private final TokenReader reader;

  MergeParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement merge() {
    reader.expect("merge", "into");
    TableName target = reader.name("table");
    String alias = DataChangeParser.alias(reader, target);
    reader.expect("using");
    int on = reader.find("on");
    Slice source = new Slice(reader.index(), on);
    if (source.size() == 0) {
      throw reader.expected("a table or a query in parentheses");
    }
    reader.moveTo(on);
    reader.expect("on");
    int when = reader.find("when");
    Slice condition = new Slice(reader.index(), when);
    if (condition.size() == 0) {
      throw reader.expected("a condition");
    }
    reader.moveTo(when);
    List<MergeClause> clauses = new ArrayList<>();
    do {
      clauses.add(clause());
    } while (!reader.atEnd());
    return new ParsedStatement.Merge(target, alias, source, condition, clauses);
  }

  private MergeClause clause() {
    reader.expect("when");
    boolean matched = !reader.accept("not");
    reader.expect("matched");
    if (reader.peek().is("by")) {
      if (reader.peek(1).is("source")) {
        throw reader.source().unsupported(reader.peek().start(), "WHEN NOT MATCHED BY SOURCE");
      }
      reader.expect("by", "target");
    }
    @Nullable Slice condition = null;
    if (reader.accept("and")) {
      int then = reader.find("then");
      condition = new Slice(reader.index(), then);
      if (condition.size() == 0) {
        throw reader.expected("a condition");
      }
      reader.moveTo(then);
    }
    reader.expect("then");
    if (reader.accept("do", "nothing")) {
      return new MergeClause.Nothing(condition, matched);
    }
    return matched ? whenMatched(condition) : whenNotMatched(condition);
  }

  private MergeClause whenMatched(@Nullable Slice condition) {
    if (reader.accept("delete")) {
      return new MergeClause.Delete(condition);
    }
    if (!reader.accept("update")) {
      throw reader.expected("UPDATE, DELETE or DO NOTHING");
    }
    reader.expect("set");
    return new MergeClause.Update(
        condition, DataChangeParser.assignments(reader, reader.find("when")));
  }

  private MergeClause whenNotMatched(@Nullable Slice condition) {
    reader.expect("insert");
    if (reader.peek().isSymbol("*")) {
      throw reader.source().unsupported(reader.peek().start(), "INSERT *");
    }
    @Nullable List<Part> columns = null;
    if (reader.peek().isSymbol("(")) {
      columns = DataChangeParser.columnList(reader);
    }
    reader.expect("values");
    reader.expectSymbol("(");
    int first = reader.index();
    int closing = reader.skipToClosing();
    reader.moveTo(first);
    List<Slice> values = reader.commaSeparated(closing);
    reader.moveTo(closing + 1);
    for (Slice value : values) {
      if (value.size() == 0) {
        throw reader
            .source()
            .syntaxError(reader.tokens().get(value.to()).start(), "a value is missing");
      }
    }
    return new MergeClause.Insert(condition, columns, values);
  }
}
