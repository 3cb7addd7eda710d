package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.Procedure.Parameter;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.ParsedStatement.CallArgument;
import dev.frazil.plan.parser.QueryText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code ALTER TABLE t EXECUTE procedure(...)}, as Trino has it: the procedures about a table, by
 * their own names and arguments or by Trino's.
 */
final class ExecutedProcedure {
  /** Trino's names, and ours. */
  private static final Map<String, Procedure> ALIASES =
      Map.of(
          "optimize", Procedure.REWRITE_DATA_FILES,
          "optimize_manifests", Procedure.REWRITE_MANIFESTS);

  private static final String TABLE = "table";
  private static final Pattern TEXT = Pattern.compile("'(.*)'", Pattern.DOTALL);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,5}) ?(d|h|m|s)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(B|kB|MB|GB|TB)");

  private final ParsedSql parsed;

  ExecutedProcedure(ParsedSql parsed) {
    this.parsed = parsed;
  }

  /** 42883 for a name that is no procedure about a table that is there. */
  Procedure procedure(ParsedStatement.Call call) {
    String name = call.procedure().last().text().toLowerCase(Locale.ROOT);
    @Nullable Procedure alias = ALIASES.get(name);
    if (alias != null) {
      return alias;
    }
    List<Procedure> known =
        Arrays.stream(Procedure.values())
            .filter(each -> each != Procedure.REGISTER_TABLE)
            .filter(each -> each.parameterNames().get(0).equals(TABLE))
            .toList();
    for (Procedure each : known) {
      if (each.sqlName().equals(name)) {
        return each;
      }
    }
    List<String> names = new ArrayList<>(known.stream().map(Procedure::sqlName).toList());
    names.addAll(ALIASES.keySet().stream().sorted().toList());
    throw new EngineException(
        SqlState.UNDEFINED_FUNCTION,
        "ALTER TABLE has no procedure "
            + call.procedure().describe()
            + " to EXECUTE ("
            + parsed.source().position(call.procedure().offset())
            + ")"
            + NearestNames.hint(name, names)
            + " There are "
            + String.join(", ", names));
  }

  /**
   * What the statement says besides the arguments that the procedure itself knows: texts of SQL for
   * its parameters. Takes the arguments that only Trino knows out of {@code arguments}.
   */
  Map<Parameter, String> said(
      Procedure procedure, ParsedStatement.Call call, List<CallArgument> arguments) {
    Map<Parameter, String> said = new LinkedHashMap<>();
    String table =
        call.table() == null
            ? ""
            : call.table().texts().stream().map(QueryText::quote).collect(Collectors.joining("."));
    said.put(procedure.parameters().get(0), text(table));
    if (call.where() != null) {
      said.put(parameter(procedure, "where", "WHERE", call), text(parsed.text(call.where())));
    }
    for (CallArgument argument : List.copyOf(arguments)) {
      String name = argument.name() == null ? "" : argument.name().toLowerCase(Locale.ROOT);
      if (name.equals("file_size_threshold")) {
        said.put(
            parameter(procedure, "options", name, call),
            "MAP['min-file-size-bytes', '" + bytes(argument) + "']");
      } else if (name.equals("retention_threshold")) {
        said.put(
            parameter(procedure, "older_than", name, call),
            "CURRENT_TIMESTAMP - INTERVAL '" + seconds(argument) + "' SECOND(10)");
      } else {
        continue;
      }
      arguments.remove(argument);
    }
    return said;
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private Parameter parameter(
      Procedure procedure, String name, String what, ParsedStatement.Call call) {
    int place = procedure.parameterNames().indexOf(name);
    if (place < 0) {
      throw new EngineException(
          SqlState.UNDEFINED_FUNCTION,
          "the procedure "
              + procedure.sqlName()
              + " takes no "
              + what
              + " ("
              + parsed.source().position(call.procedure().offset())
              + ")");
    }
    return procedure.parameters().get(place);
  }

  private long seconds(CallArgument argument) {
    Matcher matcher = matcher(DURATION, argument, "a duration such as '7d'");
    long unit =
        switch (matcher.group(2)) {
          case "d" -> 86_400;
          case "h" -> 3_600;
          case "m" -> 60;
          default -> 1;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }

  private long bytes(CallArgument argument) {
    Matcher matcher = matcher(SIZE, argument, "a size such as '100MB'");
    int power = List.of("B", "kB", "MB", "GB", "TB").indexOf(matcher.group(2));
    return Long.parseLong(matcher.group(1)) << (10 * power);
  }

  private Matcher matcher(Pattern pattern, CallArgument argument, String expected) {
    Matcher text = TEXT.matcher(parsed.text(argument.value()));
    Matcher matcher = pattern.matcher(text.matches() ? text.group(1) : "");
    if (!matcher.matches()) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the argument "
              + argument.name()
              + " is "
              + expected
              + " ("
              + parsed.source().position(argument.offset())
              + ")");
    }
    return matcher;
  }
}
