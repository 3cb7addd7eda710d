package dev.frazil.plan.parser;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A statement with the text and tokens that its slices point into.
 *
 * @param with the WITH in front of an INSERT, UPDATE, DELETE or MERGE, or null; that of a query is
 *     part of the query
 * @param returning the expressions of its RETURNING, or null
 */
public record ParsedSql(
    SqlText source,
    List<SqlToken> tokens,
    ParsedStatement statement,
    @Nullable Slice with,
    @Nullable Slice returning) {

  /** A text to put a query for Calcite together: empty but for the WITH of the statement. */
  public QueryText newQuery() {
    return with == null ? newConstant() : newConstant().addSlice(with);
  }

  /** An empty text, for a query that reads no table. */
  public QueryText newConstant() {
    return new QueryText(source, tokens);
  }

  /** How many {@code ?} the statement has. */
  public int parameterCount() {
    int count = 0;
    for (SqlToken token : tokens) {
      if (token.kind() == SqlToken.Kind.PARAMETER) {
        count++;
      }
    }
    return count;
  }

  /** Those of the names that stand in the statement, in order. */
  public Set<String> names(Set<String> candidates) {
    Set<String> found = new TreeSet<>();
    for (SqlToken token : tokens) {
      if (token.isName() && candidates.contains(token.value().toLowerCase(Locale.ROOT))) {
        found.add(token.value().toLowerCase(Locale.ROOT));
      }
    }
    return found;
  }

  /** Whether a name of the statement is such. */
  public boolean holdsName(Predicate<String> wanted) {
    return tokens.stream().anyMatch(token -> token.isName() && wanted.test(token.value()));
  }

  /** The parts of a list with commas between. */
  public List<Slice> items(Slice list) {
    return new TokenReader(source, tokens, list.from(), list.to()).commaSeparated(list.to());
  }

  /** Whether the slice is this keyword alone. */
  public boolean isKeyword(Slice slice, String keyword) {
    return slice.size() == 1 && tokens.get(slice.from()).is(keyword);
  }

  /**
   * Whether the slice is a number, a text or a {@code ?} alone, with a sign or not, or cast, or a
   * UUID.
   */
  public boolean isConstant(Slice slice) {
    SqlToken begin = tokens.get(slice.from());
    if (slice.size() >= 6 && begin.is("cast") && tokens.get(slice.to() - 1).isSymbol(")")) {
      // CAST(constant AS type), and nothing behind.
      int closed = slice.to() - 1;
      return tokens.get(slice.from() + 3).is("as")
          && isConstant(new Slice(slice.from() + 2, slice.from() + 3))
          && tokens.subList(slice.from() + 4, closed).stream()
              .noneMatch(each -> each.isSymbol(")"));
    }
    boolean signed = slice.size() == 2 && begin.isSymbol("-");
    boolean typed = slice.size() == 2 && begin.is("uuid");
    int first = signed || typed ? 1 : 0;
    if (slice.size() != first + 1) {
      return false;
    }
    return switch (tokens.get(slice.from() + first).kind()) {
      case STRING, NUMBER, PARAMETER -> true;
      case WORD, QUOTED, SYMBOL, END -> false;
    };
  }

  /** Whether a {@code ?} stands in the slice. */
  public boolean holdsParameter(Slice slice) {
    return tokens.subList(slice.from(), slice.to()).stream()
        .anyMatch(token -> token.kind() == SqlToken.Kind.PARAMETER);
  }

  /** Whether a word stands in the slice. */
  public boolean holdsKeyword(Slice slice, String keyword) {
    return tokens.subList(slice.from(), slice.to()).stream().anyMatch(token -> token.is(keyword));
  }

  /** The slice as it was written. */
  public String text(Slice slice) {
    return source.text().substring(offset(slice), tokens.get(slice.to() - 1).end());
  }

  /** Whether the slice begins with this keyword. */
  public boolean startsWith(Slice slice, String keyword) {
    return tokens.get(slice.from()).is(keyword);
  }

  /** Whether the slice is a {@code ?} alone. */
  public boolean isParameter(Slice slice) {
    return slice.size() == 1 && tokens.get(slice.from()).kind() == SqlToken.Kind.PARAMETER;
  }

  /** The offset of the first token of a slice. */
  public int offset(Slice slice) {
    return tokens.get(slice.from()).start();
  }
}
