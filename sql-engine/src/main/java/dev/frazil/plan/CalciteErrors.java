package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.SqlTokenizer;
import dev.frazil.plan.parser.UnsupportedSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/** Calcite's complaints in our words, with an SQLState and the position in the statement. */
final class CalciteErrors {
  private static final Pattern COLUMN = Pattern.compile("Column '(.*?)' not found in (.*)");
  private static final Pattern OBJECT =
      Pattern.compile("(?:Object|Table) '(.*?)' not found(?: within '(.*?)')?(?:;.*)?");
  private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.*?)' is ambiguous");
  private static final Pattern FUNCTION =
      Pattern.compile("No match found for function signature (.*)");
  private static final Pattern CANNOT_APPLY =
      Pattern.compile(
          "Cannot apply '(.*?)' to arguments of type (.*?)\\. Supported.*", Pattern.DOTALL);
  private static final Pattern NOT_GROUPED =
      Pattern.compile("Expression '(.*?)' is not being grouped", Pattern.DOTALL);
  private static final Pattern NOT_KEY = Pattern.compile("Identifier '(.*?)' is not a group expr");
  private static final String UNKNOWN_STAR_COLUMNS = "list contains unknown column(s): ";
  private static final int MAX_EXPECTED = 8;

  private final QueryText text;
  private final TableNames names;
  private final Supplier<List<String>> columns;

  /**
   * @param columns the columns of the tables that the statement names
   */
  CalciteErrors(QueryText text, TableNames names, Supplier<List<String>> columns) {
    this.text = text;
    this.names = names;
    this.columns = columns;
  }

  /** What Calcite's parser did not understand. */
  EngineException syntax(SqlParseException e) {
    int line = e.getPos() == null ? 1 : e.getPos().getLineNum();
    int column = e.getPos() == null ? 1 : e.getPos().getColumnNum();
    int offset = text.originalOffset(line, column);
    UnsupportedSyntax construct = UnsupportedSyntax.at(SqlTokenizer.tokens(text.source()), offset);
    if (construct != null) {
      return text.source().unsupported(offset, construct.name());
    }
    String problem = firstLine(e.getMessage());
    if (problem.startsWith("Encountered")) {
      int end = problem.indexOf("\" at line");
      String found = end > 13 ? problem.substring(13, end) : "";
      problem =
          found.equals("<EOF>")
              ? "the statement ends too early"
              : "unexpected \"" + original(found, offset) + "\"";
      problem += expected(e);
    } else if (problem.startsWith("Lexical error")) {
      problem = "unexpected character";
    }
    return text.source()
        .syntaxError(offset, problem.isBlank() ? "this expression cannot be read" : problem);
  }

  /** The word as the user wrote it, which may differ from the one that Calcite saw. */
  private String original(String found, int offset) {
    String source = text.source().text();
    int length = found.replace("\\\"", "\"").length();
    if (offset + length <= source.length()
        && source.regionMatches(true, offset, found, 0, Math.min(length, found.length()))) {
      return source.substring(offset, offset + length);
    }
    return found;
  }

  private static String expected(SqlParseException e) {
    TreeSet<String> tokens = new TreeSet<>();
    for (String token : e.getExpectedTokenNames()) {
      if (token.startsWith("\"") || token.startsWith("<IDENT")) {
        tokens.add(token.startsWith("<") ? "a name" : token.replace("\"", ""));
      }
    }
    if (tokens.isEmpty()) {
      return "";
    }
    List<String> shown = new ArrayList<>(tokens).subList(0, Math.min(tokens.size(), MAX_EXPECTED));
    return "; expected " + String.join(", ", shown) + (tokens.size() > MAX_EXPECTED ? ", ..." : "");
  }

  /** What Calcite's validator rejected. */
  EngineException validation(CalciteContextException e) {
    Throwable cause = e.getCause();
    String message = firstLine(cause == null ? e.getMessage() : cause.getMessage());
    int offset = text.originalOffset(e.getPosLine(), e.getPosColumn());
    String position = text.source().position(offset);
    if (cause instanceof EngineException engineException) {
      return engineException;
    }
    return mapped(message, position);
  }

  /** What Calcite rejected without telling where. */
  EngineException uncovered(CalciteException e) {
    return mapped(firstLine(e.getMessage()), "position unknown");
  }

  private EngineException mapped(String message, String position) {
    Matcher column = COLUMN.matcher(message);
    if (column.matches()) {
      return undefinedColumn(column.group(1), position);
    }
    int unknown = message.indexOf(UNKNOWN_STAR_COLUMNS);
    if (unknown > 0) {
      return undefinedColumn(message.substring(unknown + UNKNOWN_STAR_COLUMNS.length()), position);
    }
    Matcher object = OBJECT.matcher(message);
    if (object.matches()) {
      List<String> name = new ArrayList<>();
      if (object.group(2) != null) {
        name.addAll(List.of(object.group(2).split("\\.")));
      }
      name.addAll(List.of(object.group(1).split("\\.")));
      return names.missing(name, position);
    }
    Matcher ambiguous = AMBIGUOUS.matcher(message);
    if (ambiguous.matches()) {
      return new EngineException(
          SqlState.AMBIGUOUS_COLUMN,
          "column \""
              + ambiguous.group(1)
              + "\" is ambiguous: put the table's name before it ("
              + position
              + ")");
    }
    Matcher function = FUNCTION.matcher(message);
    if (function.matches()) {
      return undefinedFunction(function.group(1), position);
    }
    Matcher notGrouped = NOT_GROUPED.matcher(message);
    if (notGrouped.matches()) {
      return new EngineException(
          SqlState.GROUPING_ERROR,
          notGrouped.group(1)
              + " is neither in GROUP BY nor in an aggregate: add it to GROUP BY, or take"
              + " any_value of it ("
              + position
              + ")");
    }
    Matcher operator = CANNOT_APPLY.matcher(message);
    if (operator.matches()) {
      return new EngineException(
          SqlState.DATATYPE_MISMATCH,
          operator.group(1)
              + " does not take "
              + operator.group(2).toLowerCase(Locale.ROOT)
              + ": CAST one side ("
              + position
              + ")");
    }
    return new EngineException(state(message), message + " (" + position + ")");
  }

  private EngineException undefinedColumn(String name, String position) {
    return new EngineException(
        SqlState.UNDEFINED_COLUMN,
        "column \""
            + name
            + "\" does not exist ("
            + position
            + ")"
            + NearestNames.hint(name.substring(name.lastIndexOf('.') + 1), columns.get()));
  }

  private static EngineException undefinedFunction(String signature, String position) {
    String name = signature.replaceFirst("\\(.*", "").replace("\"", "");
    return new EngineException(
        SqlState.UNDEFINED_FUNCTION,
        "there is no function "
            + signature.toLowerCase(Locale.ROOT)
            + " ("
            + position
            + ")"
            + NearestNames.hint(name, FunctionTable.INSTANCE.names()));
  }

  private static SqlState state(String message) {
    if (message.startsWith("Cast function cannot")
        || message.contains("compatible types")
        || message.contains("not comparable")
        || message.startsWith("Cannot compare")
        || message.contains("Type mismatch")
        || message.contains("mixing of types")
        || message.contains("must be a condition")
        || message.contains("Expected a")
        || message.contains("must be of the same type")
        || message.startsWith("Cannot assign")) {
      return SqlState.DATATYPE_MISMATCH;
    }
    if (message.startsWith("Aggregate expression is illegal")
        || message.startsWith("Aggregate expressions cannot be nested")
        || message.contains("must not contain aggregate expression")) {
      return SqlState.GROUPING_ERROR;
    }
    if (message.startsWith("Argument to function") && message.contains("must be a literal")) {
      return SqlState.FEATURE_NOT_SUPPORTED;
    }
    if (message.contains("dynamic parameter")) {
      return SqlState.INDETERMINATE_DATATYPE;
    }
    if (message.startsWith("Invalid number of arguments")
        || message.startsWith("Function '")
        || message.contains("Was expecting")) {
      return SqlState.UNDEFINED_FUNCTION;
    }
    if (message.startsWith("Numeric literal") && message.endsWith("out of range")) {
      return SqlState.NUMERIC_OUT_OF_RANGE;
    }
    if (message.startsWith("Unknown field")) {
      return SqlState.UNDEFINED_COLUMN;
    }
    if (message.startsWith("Windowed aggregate expression is illegal")
        || message.startsWith("OVER clause is necessary")
        || message.startsWith("QUALIFY expression")
        || message.contains("frame boundary")) {
      return SqlState.WINDOWING_ERROR;
    }
    if (message.startsWith("Window '") && message.endsWith("not found")) {
      return SqlState.UNDEFINED_OBJECT;
    }
    if (message.startsWith("Ordinal out of range")
        || message.startsWith("List of column aliases")) {
      return SqlState.INVALID_COLUMN_REFERENCE;
    }
    if (message.startsWith("Map requires an even number")) {
      return SqlState.DATATYPE_MISMATCH;
    }
    if (message.startsWith("String literal continued")) {
      return SqlState.SYNTAX_ERROR;
    }
    if (message.startsWith("Unknown datatype") || message.startsWith("Unknown identifier")) {
      return SqlState.SYNTAX_ERROR;
    }
    if (message.startsWith("Duplicate") || message.contains("more than once")) {
      return SqlState.DUPLICATE_COLUMN;
    }
    if (message.contains("is not unique on one side of join")) {
      return SqlState.AMBIGUOUS_COLUMN;
    }
    if (message.contains("not supported") || message.contains("not enabled")) {
      return SqlState.FEATURE_NOT_SUPPORTED;
    }
    return SqlState.INVALID_STATEMENT;
  }

  /**
   * What Calcite's converter did not translate; {@code e} itself where it is a defect or a failing
   * store. The converter has no exception of its own: it throws UnsupportedOperationException, or
   * wraps what a function's translation threw.
   */
  RuntimeException translationFailure(RuntimeException e) {
    String message = firstLine(e.getMessage());
    if (e instanceof UnsupportedOperationException
        || (e.getClass() == RuntimeException.class && message.startsWith("while converting "))) {
      return unsupported(e);
    }
    if (message.startsWith("sub-query as condition must return only one column")) {
      return new EngineException(SqlState.INVALID_STATEMENT, message, e);
    }
    return e;
  }

  /** What Calcite asserts of a statement although it is the user's matter; others are defects. */
  static RuntimeException asserted(AssertionError e) {
    String message = firstLine(e.getMessage());
    Matcher notKey = NOT_KEY.matcher(message);
    if (notKey.matches()) {
      return new EngineException(
          SqlState.GROUPING_ERROR,
          "a sub-query reads "
              + notKey.group(1)
              + " of the query around it, which is neither in GROUP BY nor in an aggregate",
          e);
    }
    if (message.startsWith("Unsupported field identifier type")
        || message.startsWith("Cannot infer type of field")) {
      return new EngineException(
          SqlState.UNDEFINED_COLUMN,
          "a row has no such field (write row.field, or [n] with n from 1): " + message,
          e);
    }
    throw e;
  }

  /** What no row of the one side can be given for: the rows of the other side without a match. */
  static EngineException lateralOfOtherSide(String joinType) {
    return new EngineException(
        SqlState.INVALID_COLUMN_REFERENCE,
        "LATERAL or UNNEST cannot read the other side of "
            + joinType
            + " JOIN: rows of its own without a partner would have none to read (it takes INNER or"
            + " LEFT JOIN)");
  }

  /** What Calcite itself cannot do. */
  private static EngineException unsupported(RuntimeException e) {
    return new EngineException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "this query uses a construct that is not supported by Frazil"
            + (e.getMessage() == null ? "" : ": " + firstLine(e.getMessage())),
        e);
  }

  private static String firstLine(@Nullable String message) {
    if (message == null) {
      return "";
    }
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
