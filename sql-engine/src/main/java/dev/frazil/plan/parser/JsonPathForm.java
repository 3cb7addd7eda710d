package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a path of SQL/JSON finds, as a value: a column of JSON_TABLE, JSON_VALUE or JSON_QUERY (ISO
 * 9075-2, 6.27 to 6.29) with their clauses WRAPPER, ON EMPTY and ON ERROR.
 */
final class JsonPathForm {
  /** What becomes of what the path finds. */
  enum Form {
    SCALAR,
    JSON,
    ARRAY,
    EXISTS
  }

  /** What to do without a value, or with a wrong one. */
  private enum Conduct {
    NULL,
    ERROR,
    DEFAULT
  }

  /**
   * @param value the tokens of a default
   * @param text a default of ours, where there are no tokens
   */
  private record Behaviour(Conduct conduct, @Nullable Slice value, String text) {}

  /**
   * {@code PASSING value AS name}.
   *
   * @param name what the path calls it, behind a dollar sign
   */
  record Passed(Slice value, String name) {}

  private static final Behaviour NULL = new Behaviour(Conduct.NULL, null, "");

  private final QueryText target;
  private final SqlText source;
  private final TokenReader reader;
  private Form form;
  private String type;
  private String wrapper = "without";
  private Behaviour onEmpty = NULL;
  private Behaviour onError = NULL;

  /**
   * @param type in Calcite's words
   */
  JsonPathForm(QueryText target, SqlText source, TokenReader reader, Form form, String type) {
    this.target = target;
    this.source = source;
    this.reader = reader;
    this.form = form;
    this.type = type;
  }

  /** Reads a type; of an array the elements are taken. */
  void readType() {
    int start = reader.index();
    CastTypes other = CastTypes.read(source, reader.tokens(), start, reader.end());
    new TypeParser(reader).type();
    if (other != null) {
      type = other.text();
    } else {
      int from = reader.tokens().get(start).start();
      type = source.text().substring(from, reader.tokens().get(reader.index() - 1).end());
    }
    if (type.toLowerCase(java.util.Locale.ROOT).endsWith("array")) {
      form = Form.ARRAY;
    } else if (other != null) {
      throw source.unsupported(
          reader.tokens().get(start).start(), "what a path of JSON finds as a map or row");
    }
  }

  /** {@code FORMAT JSON} or {@code EXISTS}. */
  void readForm() {
    if (reader.accept("format", "json")) {
      form = Form.JSON;
    } else if (reader.accept("exists")) {
      form = Form.EXISTS;
    }
  }

  /** {@code PASSING a AS x, b AS y}, or nothing. */
  static List<Passed> passing(TokenReader reader) {
    List<Passed> passed = new ArrayList<>();
    if (!reader.accept("passing")) {
      return passed;
    }
    do {
      int from = reader.index();
      int as = reader.find("as");
      int end = as;
      if (end - from > 2
          && reader.tokens().get(end - 1).is("json")
          && reader.tokens().get(end - 2).is("format")) {
        end -= 2;
      }
      reader.moveTo(as);
      reader.expect("as");
      passed.add(new Passed(new Slice(from, end), reader.simpleName("variable").value()));
    } while (reader.acceptSymbol(","));
    return passed;
  }

  /** Writes a last argument with the values that are passed, if there are any. */
  static void writePassed(QueryText target, List<Passed> passed) {
    if (passed.isEmpty()) {
      return;
    }
    String separator = ", \"json_build_object\"(";
    for (Passed variable : passed) {
      target.add(separator + text(variable.name()) + ",").addSlice(variable.value());
      separator = ",";
    }
    target.add(")");
  }

  /** As a literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** The clauses behind the path. */
  void readClauses() {
    boolean with = reader.peek().is("with");
    if (with || reader.peek().is("without")) {
      int start = reader.next().start();
      boolean isConditional = with && reader.accept("conditional");
      if (!isConditional && with) {
        reader.accept("unconditional");
      }
      reader.accept("array");
      reader.expect("wrapper");
      wrapper = isConditional ? "conditional" : with ? "with" : "without";
      if (form != Form.JSON) {
        throw source.unsupported(start, "WRAPPER of what is not JSON");
      }
    }
    SqlToken quotes = reader.peek();
    if (reader.accept("keep", "quotes") || reader.accept("omit", "quotes")) {
      reader.accept("on", "scalar", "string");
      if (form != Form.JSON) {
        throw source.unsupported(quotes.start(), "QUOTES of what is not JSON");
      } else if (!wrapper.equals("without")) {
        throw source.syntaxError(
            quotes.start(), "a result with a wrapper has no quotes of its own to keep or omit");
      }
      wrapper = quotes.value();
    }
    while (isBehaviour()) {
      int start = reader.peek().start();
      Behaviour behaviour = behaviour();
      reader.expect("on");
      if (reader.accept("empty")) {
        onEmpty = behaviour;
      } else {
        reader.expect("error");
        onError = behaviour;
      }
      if (form == Form.EXISTS && behaviour.conduct() != Conduct.NULL) {
        throw source.unsupported(start, "ON EMPTY and ON ERROR of a column with EXISTS");
      }
    }
  }

  private boolean isBehaviour() {
    SqlToken next = reader.peek();
    return next.is("null") || next.is("error") || next.is("default") || next.is("empty");
  }

  private Behaviour behaviour() {
    if (reader.accept("null")) {
      return NULL;
    } else if (reader.accept("error")) {
      return new Behaviour(Conduct.ERROR, null, "");
    } else if (reader.accept("empty")) {
      String empty = reader.accept("object") ? "'{}'" : "'[]'";
      reader.accept("array");
      return new Behaviour(Conduct.DEFAULT, null, empty);
    }
    reader.expect("default");
    Slice value = new Slice(reader.index(), reader.find("on"));
    reader.moveTo(value.to());
    return new Behaviour(Conduct.DEFAULT, value, "");
  }

  /**
   * Writes the value.
   *
   * @param arguments writes the document and the path in brackets, and between the path and what is
   *     passed what it is given
   */
  void write(Consumer<String> arguments) {
    if (form == Form.EXISTS) {
      boolean isBoolean = type.equalsIgnoreCase("boolean");
      target.add(isBoolean ? "CAST(" : "CAST(CASE").add("\"json_exists\"");
      arguments.accept("");
      target.add(isBoolean ? "AS" : "WHEN TRUE THEN 1 WHEN FALSE THEN 0 END AS").add(type + ")");
      return;
    }
    // Null, neither found nor empty, where it fails: that is for ON ERROR.
    if (onEmpty.conduct() == Conduct.DEFAULT) {
      target.add("CASE WHEN NOT");
      found(arguments);
      target.add("THEN CAST(");
      fallback(onEmpty);
      target.add("AS " + type + ") ELSE");
    } else if (onEmpty.conduct() == Conduct.ERROR) {
      target.add("CASE WHEN");
      found(arguments);
      target.add("IS NOT FALSE THEN");
    }
    switch (onError.conduct()) {
      case ERROR -> cast(arguments);
      case NULL -> {
        target.add("TRY(");
        cast(arguments);
        target.add(")");
      }
      case DEFAULT -> {
        // null where it fails, some text where there is a value, or null without a failure
        target.add("CASE WHEN TRY(COALESCE(CAST(");
        cast(arguments);
        target.add("AS VARCHAR), '')) IS NULL THEN CAST(");
        fallback(onError);
        target.add("AS " + type + ") ELSE TRY(");
        cast(arguments);
        target.add(") END");
      }
    }
    if (onEmpty.conduct() == Conduct.ERROR) {
      target.add("WHEN \"json_found\"");
      arguments.accept("");
      target.add("THEN NULL");
    }
    if (onEmpty.conduct() != Conduct.NULL) {
      target.add("END");
    }
  }

  private void found(Consumer<String> arguments) {
    target.add("TRY(CARDINALITY(\"json_path_elements\"");
    arguments.accept("");
    target.add(") > 0)");
  }

  private void fallback(Behaviour behaviour) {
    if (behaviour.value() == null) {
      target.add(behaviour.text());
    } else {
      target.addSlice(behaviour.value());
    }
  }

  private void cast(Consumer<String> arguments) {
    target.add("CAST(");
    if (form == Form.SCALAR) {
      target.add("\"json_scalar_at\"");
      arguments.accept("");
    } else {
      target.add(form == Form.ARRAY ? "\"json_elements_text\"(" : "").add("\"json_wrapped\"");
      arguments.accept(", '" + wrapper + "'");
      target.add(form == Form.ARRAY ? ")" : "");
    }
    target.add("AS " + type + ")");
  }

  /** Where, outside of brackets and CASE, the first clause behind the path begins, or ")". */
  static int findClause(TokenReader reader) {
    int depth = 0;
    for (int i = 0; reader.index() + i < reader.end(); i++) {
      SqlToken token = reader.peek(i);
      if (depth == 0 && (token.isSymbol(")") || isClause(token, reader.peek(i + 1)))) {
        return reader.index() + i;
      } else if (token.isSymbol("(") || token.isSymbol("[") || token.is("case")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]") || token.is("end")) {
        depth--;
      }
    }
    return reader.end();
  }

  private static boolean isClause(SqlToken token, SqlToken behind) {
    return token.kind() == Kind.WORD
        && switch (token.value()) {
          case "passing", "returning", "with", "without", "keep", "omit", "default" -> true;
          case "null", "error", "true", "false", "unknown" -> behind.is("on");
          case "empty" -> behind.is("on") || behind.is("array") || behind.is("object");
          default -> false;
        };
  }
}
