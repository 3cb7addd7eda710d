package dev.frazil.plan.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a VALUES, cut into single values. */
public record ValueRows(List<List<Slice>> rows) {

  /** The rows if the slice is VALUES and nothing else, else null. */
  public static @Nullable ValueRows of(ParsedSql parsed, Slice slice) {
    List<SqlToken> tokens = parsed.tokens();
    if (!tokens.get(slice.from()).is("values")) {
      return null;
    }
    TokenReader reader = new TokenReader(parsed.source(), tokens, slice.from() + 1, slice.to());
    if (reader.find("union", "except", "intersect", "minus", "order", "limit", "offset", "fetch")
        < slice.to()) {
      return null;
    }
    List<List<Slice>> rows = new ArrayList<>();
    for (Slice row : reader.commaSeparated(slice.to())) {
      rows.add(values(parsed, row));
    }
    return new ValueRows(rows);
  }

  private static List<Slice> values(ParsedSql parsed, Slice row) {
    List<SqlToken> tokens = parsed.tokens();
    int first = row.from();
    if (row.size() > 1 && tokens.get(first).is("row") && tokens.get(first + 1).isSymbol("(")) {
      first++;
    }
    if (row.size() == 0) {
      throw parsed.source().syntaxError(tokens.get(row.from()).start(), "expected a row of values");
    }
    if (!tokens.get(first).isSymbol("(")) {
      return List.of(row);
    }
    TokenReader reader = new TokenReader(parsed.source(), tokens, first + 1, row.to());
    int closing = reader.skipToClosing();
    if (closing != row.to() - 1) {
      if (tokens.get(closing + 1).is("on") && tokens.get(closing + 2).is("duplicate")) {
        throw parsed
            .source()
            .unsupported(
                tokens.get(closing + 1).start(),
                "ON DUPLICATE KEY (write ON CONFLICT (key) DO UPDATE SET ...)");
      }
      return List.of(row);
    }
    reader.moveTo(first + 1);
    List<Slice> values = reader.commaSeparated(closing);
    for (Slice value : values) {
      if (value.size() == 0) {
        throw parsed.source().syntaxError(tokens.get(value.to()).start(), "a value is missing");
      }
    }
    return values;
  }
}
