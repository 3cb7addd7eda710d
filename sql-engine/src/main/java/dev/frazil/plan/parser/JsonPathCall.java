package dev.frazil.plan.parser;

import dev.frazil.plan.parser.JsonPathForm.Form;
import dev.frazil.plan.parser.JsonPathForm.Passed;
import java.util.List;

/**
 * {@code JSON_VALUE}, {@code JSON_QUERY} and {@code JSON_EXISTS} with clauses of ISO 9075-2: {@code
 * PASSING}, {@code RETURNING}, {@code WRAPPER}, {@code ON EMPTY}, {@code ON ERROR}. Without them
 * they are functions of the library.
 */
final class JsonPathCall {
  private final QueryText target;
  private final SqlText source;
  private final TokenReader reader;
  private final Slice document;
  private final Slice path;

  private JsonPathCall(
      QueryText target, SqlText source, TokenReader reader, Slice document, Slice path) {
    this.target = target;
    this.source = source;
    this.reader = reader;
    this.document = document;
    this.path = path;
  }

  /** Writes such a call if one begins at a token; answers the index behind it, else the token's. */
  static int write(QueryText target, SqlText source, List<SqlToken> tokens, int index, int to) {
    SqlToken name = tokens.get(index);
    boolean isCall =
        (name.is("json_value") || name.is("json_query") || name.is("json_exists"))
            && index + 4 < to
            && tokens.get(index + 1).isSymbol("(")
            && (index == 0 || !tokens.get(index - 1).isSymbol("."));
    if (!isCall) {
      return index;
    }
    TokenReader reader = new TokenReader(source, tokens, index + 2, to);
    Slice document = new Slice(reader.index(), reader.find(",", ")"));
    reader.moveTo(document.to());
    if (!reader.acceptSymbol(",")) {
      return index;
    }
    int from = reader.index();
    int end = JsonPathForm.findClause(reader);
    if (end == from || end >= to || tokens.get(end).isSymbol(")")) {
      return index;
    }
    reader.moveTo(end);
    new JsonPathCall(target, source, reader, document, new Slice(from, end)).write(name);
    return reader.index();
  }

  private void write(SqlToken name) {
    List<Passed> passed = JsonPathForm.passing(reader);
    if (name.is("json_exists")) {
      exists(passed);
    } else {
      Form kind = name.is("json_query") ? Form.JSON : Form.SCALAR;
      JsonPathForm form = new JsonPathForm(target, source, reader, kind, "VARCHAR");
      if (reader.accept("returning")) {
        form.readType();
        reader.accept("format", "json");
      }
      form.readClauses();
      target.add("(");
      form.write(extra -> arguments(extra, passed));
      target.add(")");
    }
    reader.expectSymbol(")");
  }

  private void arguments(String extra, List<Passed> passed) {
    target.add("(").addSlice(document).add(",").addSlice(path).add(extra);
    JsonPathForm.writePassed(target, passed);
    target.add(")");
  }

  private void exists(List<Passed> passed) {
    String conduct = reader.peek().isSymbol(")") ? "false" : reader.next().value();
    if (!reader.peek().isSymbol(")")) {
      reader.expect("on", "error");
    }
    switch (conduct) {
      case "error" -> found(passed);
      case "unknown" -> {
        target.add("TRY(");
        found(passed);
        target.add(")");
      }
      case "true" -> {
        // null where it fails, but null without a failure for no document
        target.add("CASE WHEN TRY(COALESCE(");
        found(passed);
        target.add(", FALSE)) IS NULL THEN TRUE ELSE TRY(");
        found(passed);
        target.add(") END");
      }
      default -> {
        target.add("\"json_exists\"");
        arguments("", passed);
      }
    }
  }

  private void found(List<Passed> passed) {
    target.add("(CARDINALITY(\"json_path_elements\"");
    arguments("", passed);
    target.add(") > 0)");
  }
}
