package dev.frazil.plan.parser;

import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Text for Calcite's parser, put together from pieces of the statement and from words of ours. It
 * knows where each piece came from, so that an error is shown where the user wrote it, and which
 * parameter of the statement each of its {@code ?} is (a piece may be used twice).
 */
public final class QueryText {
  private final SqlText source;
  private final List<SqlToken> tokens;
  private final StringBuilder text = new StringBuilder();
  private final List<int[]> origins = new ArrayList<>();
  private final List<Integer> parameters = new ArrayList<>();
  private final List<TravelledTable> travelledTables = new ArrayList<>();
  private final List<ChangedTable> changedTables = new ArrayList<>();
  private final List<PlacedConstant> constants = new ArrayList<>();
  private final Set<Integer> ties = new HashSet<>();
  private int lastOriginalEnd = -1;

  QueryText(SqlText source, List<SqlToken> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /** The text. */
  public String text() {
    return text.toString();
  }

  /** For each {@code ?} of the text, in order, the number of the statement's parameter, from 0. */
  public List<Integer> parameters() {
    return parameters;
  }

  /** The tables with a time travel; the text names the n-th one {@code "$travel<n>"}. */
  public List<TravelledTable> travelledTables() {
    return travelledTables;
  }

  /** The tables whose changes are read; the text names the n-th one {@code "$changes<n>"}. */
  public List<ChangedTable> changedTables() {
    return changedTables;
  }

  /** The constants for whose values the text has room. */
  public List<PlacedConstant> constants() {
    return constants;
  }

  /** The statement. */
  public SqlText source() {
    return source;
  }

  /** The offset in the statement of a line and column (from 1) of the text. */
  public int originalOffset(int line, int column) {
    int offset = new SqlText(text.toString()).offset(line, column);
    int original = 0;
    for (int[] origin : origins) {
      if (origin[0] > offset) {
        break;
      }
      original = origin[1] + Math.min(offset - origin[0], origin[2]);
    }
    return original;
  }

  /** Appends words of ours. */
  public QueryText add(String words) {
    text.append(' ').append(words);
    lastOriginalEnd = -1;
    return this;
  }

  /** Appends a quoted name of ours. */
  public QueryText addName(String name) {
    return add(quote(name));
  }

  /** Appends a token of the statement as it stands. */
  QueryText addToken(SqlToken token) {
    if (token.kind() == SqlToken.Kind.STRING && source.text().charAt(token.start()) != '\'') {
      return addInstead(token, "'" + token.value().replace("'", "''") + "'");
    }
    if (token.start() != lastOriginalEnd) {
      // Texts on lines of their own are one (ISO 9075-2, 5.3).
      boolean isContinued =
          token.kind() == SqlToken.Kind.STRING
              && lastOriginalEnd >= 0
              && source.text().substring(lastOriginalEnd, token.start()).indexOf('\n') >= 0;
      text.append(isContinued ? '\n' : ' ');
    }
    origins.add(new int[] {text.length(), token.start(), token.end() - token.start()});
    if (token.kind() == SqlToken.Kind.PARAMETER) {
      parameters.add(parameterNumber(token));
    }
    text.append(source.text(), token.start(), token.end());
    lastOriginalEnd = token.end();
    return this;
  }

  /** Appends other words in the place of a token. */
  QueryText addInstead(SqlToken token, String words) {
    text.append(' ');
    origins.add(new int[] {text.length(), token.start(), token.end() - token.start()});
    text.append(words);
    lastOriginalEnd = -1;
    return this;
  }

  /** Appends room for the value of a constant expression. */
  void addConstant(Slice expression, PlacedConstant.Use use) {
    SqlToken first = tokens.get(expression.from());
    SqlToken last = tokens.get(expression.to() - 1);
    text.append(' ');
    origins.add(new int[] {text.length(), first.start(), last.end() - first.start()});
    constants.add(new PlacedConstant(expression, use, text.length()));
    text.append(" ".repeat(PlacedConstant.WIDTH));
    lastOriginalEnd = -1;
  }

  /** Appends a slice of the statement, rewritten. */
  public QueryText addSlice(Slice slice) {
    return addRange(slice.from(), slice.to());
  }

  /** Appends the tokens {@code from} (inclusive) to {@code to} (exclusive), rewritten. */
  QueryText addRange(int from, int to) {
    new QueryRewriter(this, source, tokens, from, to).run();
    return this;
  }

  /** Remembers that WITH TIES belongs to the number that was just added. */
  void markTies() {
    ties.add(text.length());
  }

  /** Whether WITH TIES belongs to the number that ends before an offset of the text. */
  public boolean hasTies(int offset) {
    return ties.contains(offset);
  }

  /** Remembers a time travel and tells the name under which the query reads the table. */
  String travel(TravelledTable table) {
    travelledTables.add(table);
    return "$travel" + (travelledTables.size() - 1);
  }

  /** Remembers that changes are read and tells the name under which the query reads them. */
  String changes(ChangedTable table) {
    changedTables.add(table);
    return "$changes" + (changedTables.size() - 1);
  }

  /** A type, nested ones too, as Calcite's parser reads it. */
  public static String typeText(SqlType type) {
    return CastTypes.text(type);
  }

  /** A name in quotes. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private int parameterNumber(SqlToken parameter) {
    int number = 0;
    for (SqlToken token : tokens) {
      if (token.start() >= parameter.start()) {
        break;
      }
      if (token.kind() == SqlToken.Kind.PARAMETER) {
        number++;
      }
    }
    return number;
  }
}
