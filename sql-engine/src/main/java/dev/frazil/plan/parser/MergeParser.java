package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.Match;
import dev.frazil.plan.parser.ParsedStatement.MergeClause;
import dev.frazil.plan.parser.TableName.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MERGE. */
final class MergeParser {
  private final TokenReader reader;

  MergeParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement merge() {
    reader.expect("merge", "into");
    TableName target = reader.target();
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
    Set<Match> complete = EnumSet.noneOf(Match.class);
    do {
      int offset = reader.peek().start();
      MergeClause clause = clause();
      if (complete.contains(clause.match())) {
        throw reader
            .source()
            .syntaxError(
                offset, "this WHEN is never reached: one of its kind before it has no AND");
      }
      if (clause.condition() == null) {
        complete.add(clause.match());
      }
      clauses.add(clause);
    } while (!reader.atEnd());
    return new ParsedStatement.Merge(
        target, alias, source, alias(reader.tokens(), source), condition, clauses);
  }

  /** The name that the columns of a source have: its alias, or that of the table. */
  private static @Nullable String alias(List<SqlToken> tokens, Slice source) {
    int last = source.to() - 1;
    if (tokens.get(last).isSymbol(")")) {
      int opening = last;
      int depth = 0;
      do {
        depth += tokens.get(opening).isSymbol(")") ? 1 : tokens.get(opening).isSymbol("(") ? -1 : 0;
        opening--;
      } while (depth > 0 && opening >= source.from());
      return opening >= source.from() && tokens.get(opening).isName()
          ? tokens.get(opening).value()
          : null;
    }
    if (tokens.get(last).isName()
        && (last == source.from() || !tokens.get(last - 1).isSymbol("@"))) {
      return tokens.get(last).value();
    }
    int end = source.from();
    while (end + 2 < source.to() && tokens.get(end + 1).isSymbol(".")) {
      end += 2;
    }
    return tokens.get(end).isName() ? tokens.get(end).value() : null;
  }

  private MergeClause clause() {
    reader.expect("when");
    Match match = match();
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
      return new MergeClause.Nothing(match, condition);
    }
    return switch (match) {
      case MATCHED, NOT_MATCHED_BY_SOURCE -> change(match, condition);
      case NOT_MATCHED -> insert(condition);
    };
  }

  private Match match() {
    if (reader.accept("matched")) {
      return Match.MATCHED;
    }
    reader.expect("not", "matched");
    if (reader.accept("by", "source")) {
      return Match.NOT_MATCHED_BY_SOURCE;
    }
    if (reader.peek().is("by")) {
      reader.expect("by", "target");
    }
    return Match.NOT_MATCHED;
  }

  private MergeClause change(Match match, @Nullable Slice condition) {
    if (reader.accept("delete")) {
      return new MergeClause.Delete(match, condition);
    }
    if (!reader.accept("update")) {
      throw reader.expected("UPDATE, DELETE or DO NOTHING");
    }
    reader.expect("set");
    if (match == Match.MATCHED && reader.acceptSymbol("*")) {
      return new MergeClause.Update(match, condition, null);
    }
    return new MergeClause.Update(
        match, condition, new AssignmentParser(reader).assignments(reader.find("when")));
  }

  private MergeClause insert(@Nullable Slice condition) {
    reader.expect("insert");
    if (reader.acceptSymbol("*")) {
      return new MergeClause.Insert(condition, null, null);
    }
    @Nullable List<Part> columns = null;
    if (reader.peek().isSymbol("(")) {
      columns = DataChangeParser.columnList(reader);
    }
    if (columns == null && reader.accept("default", "values")) {
      return new MergeClause.Insert(condition, List.of(), List.of());
    }
    reader.expect("values");
    reader.expectSymbol("(");
    return new MergeClause.Insert(condition, columns, reader.valuesInBrackets());
  }
}
