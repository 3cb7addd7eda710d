package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.Procedure.Parameter;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.ParsedStatement.CallArgument;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CALL: finds the procedure, fits the arguments to its parameters, plans their values. */
final class CallPlanner {
  private final StatementContext context;
  private final ParsedSql parsed;

  CallPlanner(StatementContext context) {
    this.context = context;
    this.parsed = context.parsed();
  }

  PlannedStatement plan(ParsedStatement.Call call) {
    List<CallArgument> arguments = new ArrayList<>(call.arguments());
    Map<Parameter, String> said = Map.of();
    Procedure procedure;
    if (call.table() == null) {
      procedure = procedure(call);
    } else {
      ExecutedProcedure executed = new ExecutedProcedure(parsed);
      procedure = executed.procedure(call);
      said = executed.said(procedure, call, arguments);
    }
    List<Parameter> given = given(procedure, said.keySet(), arguments);
    for (Parameter parameter : procedure.parameters()) {
      if (parameter.required() && !given.contains(parameter)) {
        throw new EngineException(
            SqlState.UNDEFINED_FUNCTION,
            "the procedure system."
                + procedure.sqlName()
                + " needs the argument '"
                + parameter.name()
                + "'");
      }
    }
    QueryText text = parsed.newConstant().add(given.isEmpty() ? "SELECT 1" : "SELECT");
    for (int i = 0; i < given.size(); i++) {
      text.add(i == 0 ? "" : ",");
      @Nullable String value = said.get(given.get(i));
      if (value == null) {
        add(text, given.get(i), arguments.get(i - said.size()));
      } else {
        add(text, given.get(i), value);
      }
    }
    QueryPlanner planner = new QueryPlanner(context);
    QueryPlanner.Unoptimized values = planner.translate(text);
    return new PlannedStatement.Call(
        procedure,
        new PlannedStatement.Query(
            planner.optimize(values.node()), values.results(), planner.parameters()),
        given);
  }

  private Procedure procedure(ParsedStatement.Call call) {
    List<String> name = call.procedure().texts();
    String last = call.procedure().last().text();
    List<String> known = Arrays.stream(Procedure.values()).map(Procedure::sqlName).toList();
    boolean isOurs =
        name.size() == 2 && name.get(0).toLowerCase(Locale.ROOT).equals(Procedure.SCHEMA);
    int found = known.indexOf(last.toLowerCase(Locale.ROOT));
    if (isOurs && found >= 0) {
      return List.of(Procedure.values()).get(found);
    }
    throw new EngineException(
        SqlState.UNDEFINED_FUNCTION,
        "there is no procedure "
            + call.procedure().describe()
            + " ("
            + parsed.source().position(call.procedure().offset())
            + ")"
            + (found >= 0
                ? "; did you mean system." + known.get(found) + "?"
                : NearestNames.hint(last, known))
            + " The schema system has "
            + String.join(", ", known));
  }

  /**
   * The parameters in the order of their values.
   *
   * @param said those that have a value without an argument; they come first
   */
  private List<Parameter> given(
      Procedure procedure, Set<Parameter> said, List<CallArgument> arguments) {
    List<Parameter> given = new ArrayList<>(said);
    boolean isNamed = false;
    for (CallArgument argument : arguments) {
      isNamed |= argument.name() != null;
      if (isNamed && argument.name() == null) {
        throw parsed
            .source()
            .syntaxError(
                argument.offset(), "an argument without a name must not follow one with a name");
      }
      Parameter parameter =
          isNamed
              ? named(procedure, argument)
              : byPlace(procedure, argument, given.size(), said.size() + arguments.size());
      if (given.contains(parameter)) {
        throw parsed
            .source()
            .syntaxError(
                argument.offset(), "the argument '" + parameter.name() + "' is given twice");
      }
      given.add(parameter);
    }
    return given;
  }

  private Parameter named(Procedure procedure, CallArgument argument) {
    String name = argument.name() == null ? "" : argument.name();
    for (Parameter parameter : procedure.parameters()) {
      if (parameter.name().equalsIgnoreCase(name)) {
        return parameter;
      }
    }
    throw wrongArgument(
        procedure,
        argument,
        "has no argument '" + name + "'" + NearestNames.hint(name, procedure.parameterNames()));
  }

  private Parameter byPlace(Procedure procedure, CallArgument argument, int place, int count) {
    if (place >= procedure.parameters().size()) {
      throw wrongArgument(
          procedure,
          argument,
          "has " + procedure.parameters().size() + " arguments, but " + count + " are given");
    }
    return procedure.parameters().get(place);
  }

  private EngineException wrongArgument(
      Procedure procedure, CallArgument argument, String problem) {
    return new EngineException(
        SqlState.UNDEFINED_FUNCTION,
        "the procedure system."
            + procedure.sqlName()
            + " "
            + problem
            + " ("
            + parsed.source().position(argument.offset())
            + "). It takes "
            + String.join(", ", procedure.parameterNames()));
  }

  private static @Nullable String type(Parameter parameter) {
    return switch (parameter.kind()) {
      case TEXT -> "VARCHAR";
      case WHOLE -> "BIGINT";
      case FLAG -> "BOOLEAN";
      case TIME -> "TIMESTAMP WITH LOCAL TIME ZONE";
      case OPTIONS, IDS, TEXTS -> null;
    };
  }

  private static void add(QueryText text, Parameter parameter, String value) {
    @Nullable String type = type(parameter);
    text.add(type == null ? value : "CAST(" + value + " AS " + type + ")");
  }

  private void add(QueryText text, Parameter parameter, CallArgument argument) {
    @Nullable String type = type(parameter);
    if (type != null) {
      text.add("CAST(").addSlice(argument.value()).add("AS " + type + ")");
      return;
    }
    @Nullable Slice entries = argument.entries();
    if (entries == null) {
      text.addSlice(argument.value());
    } else {
      boolean isMap = parsed.startsWith(argument.value(), "map");
      text.add(isMap ? "MAP[" : "ARRAY[").addSlice(entries).add("]");
    }
  }
}
